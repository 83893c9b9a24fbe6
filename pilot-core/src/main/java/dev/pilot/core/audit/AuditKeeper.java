package dev.pilot.core.audit;

import dev.pilot.core.system.HubContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks after the audit log: has it sealed and pruned when it is time, and tells if that can't be. Threads may share it. */
final class AuditKeeper {
    private final HubContext hub;
    private final Sealing sealing;
    private final Pruning pruning;
    private final Alarm alarm;
    private @Nullable Instant last;

    AuditKeeper(HubContext hub, AuditSeal seal, HeadFile headFile) {
        this.hub = hub;
        this.sealing = new Sealing(hub, seal, headFile);
        this.pruning = new Pruning(hub, seal, headFile);
        this.alarm = new Alarm(hub.data().root().resolve("audit.fault"));
    }

    /** Seals and prunes, if it is time. Behind a fault nothing is pruned either: it is evidence. */
    synchronized void keep() {
        Instant now = hub.config().clock().instant();
        Instant before = last;
        boolean isTime = before == null
                || now.isBefore(before) // a clock that was ahead is no reason to wait until it would be so late again
                || !now.isBefore(before.plus(hub.config().auditSeal()));
        if (isTime) {
            last = now;
            alarm.tell(sealing.run().or(pruning::run).orElse(null));
            last = sealing.hasMore() || pruning.hasMore() ? null : now;
        }
    }

    /** Seals all there is. */
    synchronized void seal() {
        do {
            alarm.tell(sealing.run().or(pruning::wrong).orElse(null));
        } while (sealing.hasMore());
    }
}
