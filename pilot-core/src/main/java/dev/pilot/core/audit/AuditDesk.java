package dev.pilot.core.audit;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.Caller;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.HubContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of decisions, of one hub. Threads may share it. */
public final class AuditDesk {
    private static final Logger LOG = LoggerFactory.getLogger(AuditDesk.class);

    private final HubContext hub;
    private final AuditSeal seal;
    private final HeadFile headFile;
    private final Refusals refusals;
    private final AuditKeeper keeper;

    /**
     * Makes it; the key of its seals is made where there is none.
     *
     * @param hub what it stands on
     */
    public AuditDesk(HubContext hub) {
        this.hub = hub;
        this.seal = seal(hub.data(), hub.store());
        this.headFile = headFile(hub.data());
        this.refusals = new Refusals(hub);
        this.keeper = new AuditKeeper(hub, seal, headFile);
    }

    private static AuditSeal seal(DataDirectory data, ProjectStore store) {
        return new AuditSeal(data.root().resolve("audit.key"), store.info().hubId());
    }

    private static HeadFile headFile(DataDirectory data) {
        return new HeadFile(data.root().resolve("audit.head"));
    }

    /**
     * Checks the log of a hub that need not be running.
     *
     * @param data where its files lie
     * @param store its store
     * @return what came of it
     */
    public static AuditReport verify(DataDirectory data, ProjectStore store) {
        return new AuditVerification(store, seal(data, store), headFile(data)).run();
    }

    /**
     * The use-cases.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Audit audit(Caller caller) {
        return new AuditUseCases(hub, caller, () -> verify(hub.data(), hub.store()));
    }

    /**
     * Puts on record what a caller is refused for want of permission.
     *
     * @param pilot the hub as the caller sees it
     * @param caller the caller
     * @return the same, watched
     */
    public Pilot watched(Pilot pilot, Caller caller) {
        return WatchedPilot.of(pilot, caller, refusals);
    }

    /**
     * Puts on record which credentials a door refuses.
     *
     * @param door the door
     * @return the same, watched
     */
    public Door watched(Door door) {
        return new WatchedDoor(door, refusals);
    }

    /** Writes what was refused since, seals and prunes what it is time for. Each by itself: one that fails keeps no other from being done. */
    public void sweep() {
        step(refusals::write);
        step(keeper::keep);
    }

    /** Writes and seals what there is, before the store is closed. */
    public void close() {
        step(refusals::writeAll);
        step(keeper::seal);
    }

    private static void step(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            // The next sweep tries again; a timer that is thrown at would never run again.
            LOG.warn("The audit log could not be looked after: {}", failure.getMessage(), failure);
        }
    }
}
