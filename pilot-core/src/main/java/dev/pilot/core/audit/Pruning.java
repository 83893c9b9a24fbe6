package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.core.system.AuditChain;
import dev.pilot.core.system.HubContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has been kept long enough, up to a seal, and only what is found to be what the hub wrote. How old it is, only the seals say:
 * what the rows say of their times anybody can have written. Nor is the clock believed at once: time passes up to the newest seal that is
 * a day old, so a clock that jumps ahead deletes nothing before somebody had a day to set it right. For one thread at a time.
 */
final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

    /** How long a seal's time must have stood. */
    private static final Duration SETTLED = Duration.ofDays(1);

    /** Small steps, so that no writer waits long. */
    private static final int STEP = 500;

    private static final int STEPS = 20;

    private final HubContext hub;
    private final AuditSeal seal;
    private final HeadFile headFile;
    private boolean hasMore;
    private @Nullable AuditFinding wrong;

    Pruning(HubContext hub, AuditSeal seal, HeadFile headFile) {
        this.hub = hub;
        this.seal = seal;
        this.headFile = headFile;
    }

    /** Whether the last run left something for the next. */
    boolean hasMore() {
        return hasMore;
    }

    /** Deletes some of what may go; answers what is in the way. What was in the way once stays so until the hub is started anew. */
    Optional<AuditFinding> run() {
        hasMore = false;
        Seals seals = Seals.read(hub.store(), headFile, seal);
        if (wrong != null || seals.forged().or(seals::missing).isPresent()) {
            return wrong();
        }
        Place start = seals.start();
        AuditAnchor end = due(seals).orElse(null);
        if (end != null
                && isIntact(seals, end)
                && hub.store().<Boolean>write("audit.prune", unit -> mark(unit, seals, end))) {
            delete(end.sequence());
        } else if (start.sequence() > 0) {
            delete(start.sequence()); // what a run before has left
        }
        return wrong();
    }

    Optional<AuditFinding> wrong() {
        return Optional.ofNullable(wrong);
    }

    /** The newest seal of what has been kept long enough, if it is not pruned yet. */
    private Optional<AuditAnchor> due(Seals seals) {
        Instant now = hub.config().clock().instant();
        long settled = AuditChain.micros(now.minus(SETTLED));
        long time = seals.anchors().stream()
                .mapToLong(AuditAnchor::sealedAt)
                .filter(at -> at <= settled)
                .max()
                .orElse(Long.MIN_VALUE);
        if (time == Long.MIN_VALUE) {
            return Optional.empty();
        }
        long kept = AuditChain.micros(AuditChain.time(time).minus(hub.config().auditRetention()));
        long from = seals.start().sequence();
        AuditAnchor end = null;
        long latest = Long.MIN_VALUE;
        for (AuditAnchor anchor : seals.anchors()) {
            boolean isAhead = anchor.sealedAt() > AuditChain.micros(now);
            latest = isAhead ? latest : Math.max(latest, anchor.sealedAt());
            boolean isFar = end != null && anchor.sequence() - from > Sealing.MOST;
            if (latest > kept || isFar || anchor.sequence() >= seals.trusted().sequence()) {
                break;
            }
            if (!isAhead && anchor.sequence() > from) {
                end = anchor;
            }
        }
        return Optional.ofNullable(end);
    }

    /** What is gone can't be checked any more, so it is checked before. */
    private boolean isIntact(Seals seals, AuditAnchor end) {
        ChainWalk walk = new ChainWalk(hub.store(), seals.start(), seals).upTo(end.sequence());
        if (walk.place().sequence() == end.sequence()) {
            return true;
        }
        Seals now = Seals.read(hub.store(), headFile, seal);
        if (now.anchors().equals(seals.anchors())) { // else another hub has pruned meanwhile
            wrong = walk.finding()
                    .or(walk::cut)
                    .orElseGet(() -> new AuditFinding(
                            AuditFault.TRUNCATED, walk.place().sequence() + 1, "Records that were sealed are gone."));
        }
        return false;
    }

    /** From now on the log begins behind this seal; what is before it may go. */
    private boolean mark(StoreUnit unit, Seals seals, AuditAnchor end) {
        if (!unit.audit().anchors().equals(seals.anchors())) {
            return false;
        }
        List<Long> before = seals.anchors().stream()
                .map(AuditAnchor::sequence)
                .filter(sequence -> sequence < end.sequence())
                .toList();
        unit.audit().anchor(seal.pruned(end));
        unit.audit().deleteAnchors(before);
        return true;
    }

    private void delete(long upTo) {
        int total = 0;
        int gone = STEP;
        for (int step = 0; step < STEPS && gone == STEP; step++) {
            gone = hub.store().write("audit.prune", unit -> unit.audit().prune(upTo, STEP));
            total += gone;
        }
        hasMore = gone == STEP;
        if (total > 0) {
            LOG.info(
                    "{} audit records were older than {} and are gone.",
                    total,
                    hub.config().auditRetention());
        }
    }
}
