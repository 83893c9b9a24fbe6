package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.core.system.AuditChain;
import org.jspecify.annotations.Nullable;

/**
 * A place in the chain, and with it what the next record follows.
 *
 * @param sequence how many records there ever were up to here
 * @param at when the last of them was recorded, in microseconds since 1970
 * @param hash the last one's hash
 */
record Place(long sequence, long at, String hash) {
    /** Before the first record of a hub. */
    static Place start(String hubId) {
        return new Place(0, Long.MIN_VALUE, AuditChain.start(hubId));
    }

    static Place of(AuditAnchor anchor) {
        return new Place(anchor.sequence(), anchor.at(), anchor.hash());
    }

    Place then(AuditRow next) {
        return new Place(next.sequence(), next.at(), next.hash());
    }

    /** What is wrong with a record as the next one; null if nothing is. */
    @Nullable
    AuditFinding fault(AuditRow next) {
        long wanted = sequence + 1;
        if (next.sequence() != wanted) {
            return new AuditFinding(
                    AuditFault.REMOVED,
                    wanted,
                    next.sequence() == wanted + 1
                            ? "Record " + wanted + " is gone."
                            : "Records " + wanted + " to " + (next.sequence() - 1) + " are gone.");
        }
        if (!AuditChain.hash(hash, next).equals(next.hash())) {
            return new AuditFinding(
                    AuditFault.ALTERED,
                    wanted,
                    "Record " + wanted + " does not say what the hub wrote, or does not follow what the hub wrote.");
        }
        if (next.at() < at) {
            return new AuditFinding(
                    AuditFault.ALTERED,
                    wanted,
                    "Record " + wanted + " claims an earlier time than the one before it, which no hub writes.");
        }
        return null;
    }
}
