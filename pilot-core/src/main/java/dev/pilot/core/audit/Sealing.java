package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.core.system.AuditChain;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Seals the newest record. A seal says that the hub wrote all this, so the hub first goes the whole way there from the last place that it
 * vouches for outside of the database; it seals nothing behind a fault. For one thread at a time.
 */
final class Sealing {
    /** So many records are gone along in one sweep, and lie between two anchors; the rest is for the next sweep. */
    static final long MOST = 100_000;

    /** Of the seals of an hour one is kept: the log can only be pruned up to one. */
    private static final long APART = Duration.ofHours(1).toNanos() / 1_000;

    private final HubContext hub;
    private final AuditSeal seal;
    private final HeadFile headFile;
    private boolean hasMore;

    Sealing(HubContext hub, AuditSeal seal, HeadFile headFile) {
        this.hub = hub;
        this.seal = seal;
        this.headFile = headFile;
    }

    /** Whether the last run left something for the next. */
    boolean hasMore() {
        return hasMore;
    }

    /** Seals what can be sealed; answers what is in the way. */
    Optional<AuditFinding> run() {
        hasMore = false;
        Seals seals = Seals.read(hub.store(), headFile, seal);
        Place trusted = seals.trusted();
        Optional<AuditFinding> wrong = seals.forged().or(seals::missing).or(() -> standing(trusted, seals.start()));
        if (wrong.isPresent()) {
            return wrong;
        }
        long known = seals.newest().map(AuditAnchor::sequence).orElse(0L);
        long end = Math.max(known, trusted.sequence() + MOST);
        ChainWalk walk = new ChainWalk(hub.store(), trusted, seals).upTo(end);
        wrong = walk.finding().or(walk::cut);
        if (wrong.isEmpty()) {
            boolean isNew = walk.place().sequence() > known;
            Optional<AuditAnchor> newest = isNew ? seal(seals, walk.place()) : seals.newest();
            newest.map(seal::unpruned).ifPresent(headFile::write);
            hasMore = isNew && newest.isPresent() && walk.place().sequence() == end;
        }
        return wrong;
    }

    /** Whether the trusted record is still in its place: else what was cut off could grow again without being missed. */
    private Optional<AuditFinding> standing(Place trusted, Place start) {
        if (trusted.sequence() == start.sequence()) {
            return Optional.empty();
        }
        List<AuditRow> rows = hub.store().read(view -> view.audit().after(trusted.sequence() - 1, 1));
        if (rows.isEmpty() || rows.get(0).sequence() != trusted.sequence()) {
            return Optional.of(new AuditFinding(
                    rows.isEmpty() ? AuditFault.TRUNCATED : AuditFault.REMOVED,
                    trusted.sequence(),
                    "Record " + trusted.sequence() + " was sealed, and is gone."));
        }
        return rows.get(0).hash().equals(trusted.hash())
                ? Optional.empty()
                : Optional.of(new AuditFinding(
                        AuditFault.ALTERED,
                        trusted.sequence(),
                        "Record " + trusted.sequence() + ", or one before it, was altered: the seal says otherwise."));
    }

    private Optional<AuditAnchor> seal(Seals seals, Place end) {
        long now = AuditChain.micros(hub.config().clock().instant());
        return hub.store().write("audit.seal", unit -> seal(unit, seals.anchors(), end, now));
    }

    /** Where another hub has sealed or pruned meanwhile, it is left at that: the next sweep looks again. */
    private Optional<AuditAnchor> seal(StoreUnit unit, List<AuditAnchor> seen, Place end, long now) {
        if (!unit.audit().anchors().equals(seen)) {
            return Optional.empty();
        }
        int count = seen.size();
        boolean replaces = count > 1 && isCloseTo(seen.get(count - 2), seen.get(count - 1), end);
        if (replaces) {
            unit.audit().deleteAnchors(List.of(seen.get(count - 1).sequence()));
        }
        List<AuditAnchor> kept = seen.subList(0, replaces ? count - 1 : count);
        AuditAnchor anchor = seal.anchor(end, now, kept.isEmpty() ? null : kept.get(kept.size() - 1));
        unit.audit().anchor(anchor);
        return Optional.of(anchor);
    }

    private static boolean isCloseTo(AuditAnchor before, AuditAnchor last, Place end) {
        long apart = last.sealedAt() - before.sealedAt();
        return !last.pruned() && apart >= 0 && apart < APART && end.sequence() - before.sequence() <= MOST;
    }
}
