package dev.pilot.core.system;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.system.Health;
import dev.pilot.api.system.HubMeta;
import dev.pilot.api.system.HubSystem;
import dev.pilot.api.system.Overview;
import dev.pilot.api.value.Named;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** {@link HubSystem} over the store and the data directory, for one caller. */
public final class SystemUseCases implements HubSystem {
    /** Under this much room on the disk, the hub is no longer well. */
    private static final long LITTLE_ROOM = 256L << 20;

    private static final String VERSION = version();

    private final HubContext hub;
    private final Caller caller;
    private final Reach reach;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param caller who asks
     */
    public SystemUseCases(HubContext hub, Caller caller) {
        this.hub = hub;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public HubMeta meta() {
        Permission.SEE_HUB.require(caller);
        StoreInfo store = hub.store().info();
        Map<String, List<String>> enums = new HashMap<>();
        put(enums, "projectStatus", ProjectStatus.values());
        put(enums, "priority", Priority.values());
        put(enums, "taskStatus", TaskStatus.values());
        put(enums, "runState", RunState.values());
        put(enums, "runMove", RunMove.values());
        put(enums, "runner", RunnerKind.values());
        put(enums, "runResult", RunResult.values());
        put(enums, "approvalKind", ApprovalKind.values());
        put(enums, "approvalStatus", ApprovalStatus.values());
        put(enums, "verdict", Verdict.values());
        put(enums, "risk", Risk.values());
        put(enums, "level", Level.values());
        put(enums, "artifactKind", ArtifactKind.values());
        put(enums, "outputStream", OutputStream.values());
        return new HubMeta(
                "pilot",
                VERSION,
                store.hubId(),
                store.epoch(),
                hub.store().read(view -> view.now()),
                enums,
                names(ActionKind.values()),
                Limits.all());
    }

    private static void put(Map<String, List<String>> enums, String name, Named[] values) {
        enums.put(name, names(values));
    }

    private static List<String> names(Named[] values) {
        return Arrays.stream(values).map(Named::wire).toList();
    }

    @Override
    public Health health() {
        Permission.SEE_HUB.require(caller);
        Health.Check store = store();
        Health.Check disk = disk();
        return new Health(store.healthy() && disk.healthy(), List.of(store, disk));
    }

    private Health.Check store() {
        try {
            StoreInfo info = hub.store().info();
            hub.store().read(view -> view.events().last());
            return new Health.Check("store", true, info.engine() + " " + info.version());
        } catch (PilotException failure) {
            return new Health.Check("store", false, failure.getMessage());
        }
    }

    private Health.Check disk() {
        try {
            long room = Files.getFileStore(hub.data().root()).getUsableSpace();
            return new Health.Check("disk", room >= LITTLE_ROOM, (room >> 20) + " MiB free");
        } catch (IOException e) {
            return new Health.Check("disk", false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Overview overview() {
        Permission.SEE_HUB.require(caller);
        return hub.store().read(view -> reach.in(view).overview());
    }

    /** The version that the build wrote; a class path of plain classes has none. */
    private static String version() {
        try (InputStream file = SystemUseCases.class.getResourceAsStream("/dev/pilot/core/version.properties")) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            return "development";
        }
    }
}
