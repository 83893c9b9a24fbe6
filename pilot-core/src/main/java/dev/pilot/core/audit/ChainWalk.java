package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.ProjectStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes along the log from a place that is trusted, a page at a time and in no unit of work, and computes each hash anew from the one before:
 * what the rows say of their hashes is never believed. It stops at the first fault. For one thread.
 */
final class ChainWalk {
    private static final int PAGE = 1_000;

    private final ProjectStore store;
    private final Map<Long, String> sealed;
    private Place place;
    private long checked;
    private long covered;
    private @Nullable AuditFinding finding;
    private @Nullable AuditRow wrong;

    /**
     * Begins one.
     *
     * @param store what holds the log
     * @param from where to begin
     * @param seals whose hashes the records must have
     */
    ChainWalk(ProjectStore store, Place from, Seals seals) {
        this.store = store;
        this.sealed = seals.hashes();
        this.place = from;
        this.covered = from.sequence();
    }

    /** Goes on up to a place, or to the end of the log. */
    ChainWalk upTo(long sequence) {
        while (finding == null && place.sequence() < sequence) {
            List<AuditRow> rows = store.read(view -> view.audit().after(place.sequence(), PAGE));
            if (rows.isEmpty()) {
                break;
            }
            for (AuditRow row : rows) {
                if (place.sequence() == sequence || !step(row)) {
                    break;
                }
            }
        }
        return this;
    }

    private boolean step(AuditRow row) {
        String seal = sealed.get(row.sequence());
        finding = place.fault(row);
        if (finding != null) {
            wrong = row;
        } else if (seal != null && !seal.equals(row.hash())) {
            finding = new AuditFinding(
                    AuditFault.ALTERED,
                    row.sequence(),
                    "Record " + row.sequence()
                            + ", or one before it, was altered and everything behind it chained anew: the seal says otherwise.");
        } else {
            covered = seal == null ? covered : row.sequence();
            place = place.then(row);
            checked++;
        }
        return finding == null;
    }

    /** The last place where all is well. */
    Place place() {
        return place;
    }

    /** How many records were looked at. */
    long checked() {
        return checked;
    }

    /** The last place that is sealed. */
    long covered() {
        return covered;
    }

    /** The first fault. */
    Optional<AuditFinding> finding() {
        return Optional.ofNullable(finding);
    }

    /** The record that is no next one, if that is the fault. */
    Optional<AuditRow> wrong() {
        return Optional.ofNullable(wrong);
    }

    /** What is sealed and did not come: the end of the log is gone. */
    Optional<AuditFinding> cut() {
        return sealed.keySet().stream()
                .filter(sequence -> sequence > place.sequence())
                .findFirst()
                .map(sequence -> new AuditFinding(
                        AuditFault.TRUNCATED,
                        place.sequence() + 1,
                        "The log ends with record " + place.sequence() + ", but record " + sequence
                                + " was sealed: what came behind is gone."));
    }
}
