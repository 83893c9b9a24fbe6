package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.client.PilotClient;
import dev.pilot.core.config.Environment;
import dev.pilot.core.config.Settings;
import dev.pilot.core.config.Surroundings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Surroundings AROUND = around();

    @TempDir
    private Path directory;

    private StandaloneServer server;
    private Pilot pilot;
    private String token;

    /** As if a file had told of one more variable. */
    private static Surroundings around() {
        Map<String, String> variables = new HashMap<>(Environment.variables());
        variables.put("OF_A_FILE", "greetings-0123");
        return new Surroundings(variables, List.of("greetings-0123"), List.of());
    }

    @BeforeEach
    void serve() throws Exception {
        Map<String, String> variables =
                Map.of("PILOT_DATA_DIR", directory.resolve("hub").toString(), "PILOT_PORT", "0");
        server = StandaloneServer.start(
                ServerSettings.from(Settings.load(null, variables, Map.of("worker.slots", "0"))));
        token = Files.readString(server.tokenFile()).strip();
        pilot = PilotClient.connect(server.uri(), token);
    }

    @AfterEach
    void stop() {
        pilot.close();
        server.close();
    }

    @Test
    void itCarriesRunsOutAndIsTheSameWorkerAfterAnotherStart() throws InterruptedException {
        ProjectId project =
                pilot.projects().create(CreateProject.named("Apollo")).id();
        WorkerId first;
        try (StandaloneWorker worker = StandaloneWorker.start(setup(server.uri(), token))) {
            first = worker.id();
            run(project);
            worker.drain(PATIENCE);
        }
        try (StandaloneWorker worker = StandaloneWorker.start(setup(server.uri(), token))) {
            assertThat(worker.id()).isEqualTo(first);
            run(project);
        }
        assertThat(pilot.workers().list()).hasSize(1);
    }

    private void run(ProjectId project) {
        Run run = pilot.runs()
                .create(CreateRun.forProject(project, "say hello")
                        .profile(RunProfile.command(List.of("sh", "-c", "test -n \"$OF_A_FILE\"")).toBuilder()
                                .passEnvironment(List.of("OF_A_FILE"))
                                .build())
                        .build());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> pilot.runs().get(run.id()).state() == RunState.SUCCEEDED);
    }

    @Test
    void aDirectoryIsOneWorkersOnly() {
        try (StandaloneWorker worker = StandaloneWorker.start(setup(server.uri(), token))) {
            assertThat(worker.id().value()).startsWith("wrk_");
            assertThatThrownBy(() -> StandaloneWorker.start(setup(server.uri(), token)))
                    .isInstanceOf(NotAllowed.class)
                    .hasMessageContaining("--dir");
        }
    }

    @Test
    void aTokenThatIsNotTheHubsEndsItAtOnceAndHoldsNothing() {
        assertThatThrownBy(() -> StandaloneWorker.start(setup(server.uri(), "not-the-token-0123456789")))
                .isInstanceOf(Unauthenticated.class);

        StandaloneWorker.start(setup(server.uri(), token)).close();
    }

    @Test
    void aHubThatIsAwayIsWaitedFor() {
        StandaloneWorker.start(setup(URI.create("http://127.0.0.1:1"), token)).close();
    }

    private StandaloneWorker.Setup setup(URI hub, String shown) {
        return new StandaloneWorker.Setup(
                hub, shown, directory.resolve("worker"), null, 1, Set.of(), Duration.ofSeconds(30), 0, AROUND);
    }
}
