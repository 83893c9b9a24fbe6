package dev.pilot.core.audit;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Audit;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.Caller;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.AuditAnchor;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.HubContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
     * Makes it; the key of its seals is made where nothing is sealed yet.
     *
     * @param hub what it stands on
     * @throws Unavailable with code {@code key-file} if the key can't be read, or something is sealed and the key is gone
     */
    public AuditDesk(HubContext hub) {
        this.hub = hub;
        this.headFile = headFile(hub.data());
        this.seal = seal(hub.data(), hub.store());
        this.refusals = new Refusals(hub);
        this.keeper = new AuditKeeper(hub, seal, headFile);
    }

    /** Another key in the place of one that is gone would only make all seals somebody else's. */
    private static AuditSeal seal(DataDirectory data, ProjectStore store) {
        Path key = key(data);
        boolean isSealed = Files.exists(headFile(data).path())
                || !store.<List<AuditAnchor>>read(view -> view.audit().anchors())
                        .isEmpty();
        if (isSealed && !Files.exists(key)) {
            throw new Unavailable(
                    "key-file",
                    "The key file " + key
                            + " is not there, but the audit log is sealed with it: bring it back from a backup."
                            + " Hubs that share a store share the data directory, too.",
                    null);
        }
        return AuditSeal.openOrMake(key, store.info().hubId());
    }

    private static Path key(DataDirectory data) {
        return data.root().resolve("audit.key");
    }

    private static HeadFile headFile(DataDirectory data) {
        return new HeadFile(data.root().resolve("audit.head"));
    }

    /**
     * Checks the log of a hub that need not be running. It makes nothing.
     *
     * @param data where its files lie
     * @param store its store
     * @return what came of it
     * @throws Unavailable with code {@code key-file} if the key is not there or can't be read
     */
    public static AuditReport verify(DataDirectory data, ProjectStore store) {
        AuditSeal seal = AuditSeal.open(key(data), store.info().hubId());
        return new AuditVerification(store, seal, headFile(data)).run();
    }

    /**
     * The use-cases.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Audit audit(Caller caller) {
        return new AuditUseCases(hub, caller, () -> new AuditVerification(hub.store(), seal, headFile).run());
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
