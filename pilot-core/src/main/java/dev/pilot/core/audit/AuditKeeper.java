package dev.pilot.core.audit;

import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
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
 * Looks after the audit log: seals its newest record, and deletes what has been kept long enough, up to a seal. Threads may
 * share it.
 */
final class AuditKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);

    /** Small steps, so that no writer waits long. */
    private static final int STEP = 500;

    private static final int STEPS = 20;

    /** Of the seals of an hour one is kept: the log can only be pruned up to one. */
    private static final long APART = Duration.ofHours(1).toNanos() / 1_000;

    private final HubContext hub;
    private final AuditSeal seal;
    private final HeadFile headFile;
    private @Nullable Instant next;
    private boolean warned;

    AuditKeeper(HubContext hub, AuditSeal seal, HeadFile headFile) {
        this.hub = hub;
        this.seal = seal;
        this.headFile = headFile;
    }

    /** Seals and prunes, if it is time. */
    synchronized void keep() {
        Instant now = hub.config().clock().instant();
        Instant due = next;
        if (due == null || !now.isBefore(due)) {
            next = now.plus(hub.config().auditSeal());
            seal();
            prune();
        }
    }

    /** Seals the newest record, if it is not sealed yet. */
    synchronized void seal() {
        if (!hub.store().<Boolean>read(AuditKeeper::isSealed)) {
            hub.store().write("audit.seal", this::seal);
        }
        List<AuditAnchor> anchors = hub.store().read(view -> view.audit().anchors());
        if (!anchors.isEmpty()) {
            keepOutside(anchors.get(anchors.size() - 1));
        }
    }

    private static boolean isSealed(StoreView view) {
        AuditRow last = view.audit().last().orElse(null);
        List<AuditAnchor> anchors = view.audit().anchors();
        return last == null
                || !anchors.isEmpty() && anchors.get(anchors.size() - 1).sequence() >= last.sequence();
    }

    private boolean seal(StoreUnit unit) {
        if (isSealed(unit)) {
            return false; // by another hub, meanwhile
        }
        AuditRow last = unit.audit().last().orElseThrow();
        List<AuditAnchor> anchors = unit.audit().anchors();
        int count = anchors.size();
        if (count > 1
                && !anchors.get(count - 1).pruned()
                && anchors.get(count - 1).at() - anchors.get(count - 2).at() < APART) {
            unit.audit().deleteAnchors(List.of(anchors.get(count - 1).sequence()));
        }
        unit.audit().anchor(seal.anchor(last.sequence(), last.at(), last.hash(), false));
        return true;
    }

    /** What is outside is only replaced if the log still holds what it says: else it is what gives the change away. */
    private void keepOutside(AuditAnchor newest) {
        Optional<AuditAnchor> outside = headFile.read();
        if (outside.isPresent() && outside.get().sequence() == newest.sequence() && seal.isOurs(outside.get())) {
            return;
        }
        if (outside.isPresent() && !isHeld(outside.get())) {
            if (!warned) {
                warned = true;
                LOG.error(
                        "The audit log is not what {} says that it was: pilot audit verify says more. Where the database was brought back from"
                                + " a backup, delete the file to go on from there.",
                        headFile.path());
            }
            return;
        }
        headFile.write(seal.anchor(newest.sequence(), newest.at(), newest.hash(), false));
    }

    private boolean isHeld(AuditAnchor outside) {
        return seal.isOurs(outside)
                && hub.store()
                        .<Boolean>read(view -> view.audit().after(outside.sequence() - 1, 1).stream()
                                        .anyMatch(row -> row.sequence() == outside.sequence()
                                                && row.hash().equals(outside.hash()))
                                || view.audit().anchors().stream()
                                        .anyMatch(anchor -> anchor.pruned()
                                                && anchor.sequence() >= outside.sequence()
                                                && seal.isOurs(anchor)));
    }

    private void prune() {
        AuditAnchor end = hub.store().<Optional<AuditAnchor>>read(this::due).orElse(null);
        if (end == null) {
            return;
        }
        if (!seal.isOurs(end)) {
            LOG.error("The audit log is not pruned: the seal of record {} is not this hub's.", end.sequence());
            return;
        }
        if (!end.pruned() && !hub.store().<Boolean>write("audit.prune", unit -> mark(unit, end))) {
            return;
        }
        int total = 0;
        for (int step = 0; step < STEPS; step++) {
            int gone = hub.store().write("audit.prune", unit -> unit.audit().prune(end.sequence(), STEP));
            total += gone;
            if (gone < STEP) {
                break;
            }
        }
        if (total == STEP * STEPS) {
            next = null; // there is more: at the next sweep
        }
        LOG.info(
                "{} audit records were older than {} and are gone.",
                total,
                hub.config().auditRetention());
    }

    /** The newest seal of what has been kept long enough, if there is something to delete before it. */
    private Optional<AuditAnchor> due(StoreView view) {
        long kept = AuditChain.micros(view.now().minus(hub.config().auditRetention()));
        List<AuditAnchor> old = view.audit().anchors().stream()
                .filter(anchor -> anchor.at() <= kept)
                .toList();
        if (old.isEmpty()) {
            return Optional.empty();
        }
        AuditAnchor end = old.get(old.size() - 1);
        boolean any = view.audit().after(0, 1).stream().anyMatch(row -> row.sequence() <= end.sequence());
        return any ? Optional.of(end) : Optional.empty();
    }

    /** From now on the log begins behind this seal; what is before it may go. */
    private boolean mark(StoreUnit unit, AuditAnchor end) {
        List<AuditAnchor> anchors = unit.audit().anchors();
        if (!anchors.contains(end)) {
            return false; // thinned out meanwhile, by another hub
        }
        List<Long> before = anchors.stream()
                .map(AuditAnchor::sequence)
                .filter(sequence -> sequence < end.sequence())
                .toList();
        unit.audit().anchor(seal.anchor(end.sequence(), end.at(), end.hash(), true));
        unit.audit().deleteAnchors(before);
        return true;
    }
}
