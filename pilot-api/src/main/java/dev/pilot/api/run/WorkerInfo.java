package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.WorkerId;
import java.time.Instant;
import java.util.Set;

/**
 * A worker as the hub last saw it.
 *
 * @param id its id
 * @param caller as whom it comes: the name of its token or user; nobody else can come as this worker
 * @param host the machine it is on
 * @param labels its labels
 * @param runners the runners it has
 * @param slots how many runs it carries out at once; 0 if it does not say
 * @param draining whether it is to take nothing more
 * @param running how many runs it holds
 * @param firstSeen when it first came
 * @param lastSeen when it was last heard of
 */
public record WorkerInfo(
        WorkerId id,
        String caller,
        String host,
        Set<String> labels,
        Set<RunnerKind> runners,
        int slots,
        boolean draining,
        int running,
        Instant firstSeen,
        Instant lastSeen) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public WorkerInfo {
        InvalidInput.required(id, "id");
        InvalidInput.required(caller, "caller");
        host = host == null ? "" : host;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        runners = runners == null ? Set.of() : Set.copyOf(runners);
        InvalidInput.required(firstSeen, "firstSeen");
        InvalidInput.required(lastSeen, "lastSeen");
    }
}
