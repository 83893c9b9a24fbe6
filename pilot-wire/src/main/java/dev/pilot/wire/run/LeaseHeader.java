package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Lease;
import java.time.Instant;

/**
 * The lease in a worker's single writes: the header {@value #NAME} is {@code <attempt>;<workerId>}, the run is the path's. The
 * expiry doesn't travel: only the hub knows it.
 */
public final class LeaseHeader {
    /** The header's name. */
    public static final String NAME = "Pilot-Lease";

    private LeaseHeader() {}

    /**
     * The header's text.
     *
     * @param lease the lease
     * @return attempt and worker
     */
    public static String of(Lease lease) {
        return lease.attempt() + ";" + lease.workerId();
    }

    /**
     * Reads the header.
     *
     * @param runId the path's run
     * @param text the header's text
     * @return the lease, long expired as far as it knows
     * @throws InvalidInput if it is something else
     */
    public static Lease parse(RunId runId, String text) {
        int split = text.indexOf(';');
        if (split > 0) {
            try {
                int attempt = Integer.parseInt(text.substring(0, split).strip());
                String worker = text.substring(split + 1).strip();
                return new Lease(runId, attempt, new WorkerId(worker), Instant.EPOCH);
            } catch (NumberFormatException | InvalidInput e) {
                throw malformed();
            }
        }
        throw malformed();
    }

    private static InvalidInput malformed() {
        return InvalidInput.of(NAME, "must be <attempt>;<workerId>, such as 1;wrk_a");
    }
}
