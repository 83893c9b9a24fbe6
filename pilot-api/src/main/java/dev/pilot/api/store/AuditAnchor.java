package dev.pilot.api.store;

/**
 * A place in the audit log that is sealed: only who has the hub's key can say what its hash is.
 *
 * @param sequence the record up to which it seals; since the log has no gaps, it is also how many there ever were
 * @param at when that record was recorded, in microseconds since 1970
 * @param hash that record's hash
 * @param sealedAt when the hub sealed it, by the hub's own clock, in microseconds since 1970
 * @param previous the place of the anchor before it, 0 for the first: so one that is taken out is missed
 * @param previousHash the hash of the anchor before it; empty for the first
 * @param pruned whether the records up to here may be gone
 * @param seal proves that the hub wrote all this
 */
public record AuditAnchor(
        long sequence,
        long at,
        String hash,
        long sealedAt,
        long previous,
        String previousHash,
        boolean pruned,
        String seal) {}
