package dev.pilot.e2e.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.PageRequest;
import dev.pilot.api.value.Registration;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one database and one data directory are one hub to whoever calls. */
class TwoHubsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final WorkerId WORKER = new WorkerId("wrk_1");

    @TempDir
    private Path directory;

    private PilotHub one;
    private PilotHub two;

    @BeforeEach
    void open() {
        one = hub(directory.resolve("data"));
        two = hub(directory.resolve("data"));
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private PilotHub hub(Path data) {
        return PilotHub.open(PilotConfig.builder(data)
                .storeUrl(PostgresServer.url(directory))
                .sweepEvery(Duration.ofMillis(50))
                .build());
    }

    /** The bound is a second of the hub's time; how long the machine takes besides is not held against it. */
    @Test
    void whoLogsInHereIsKnownThereAndWhatIsRevokedHereIsRefusedThere() {
        User user = one.users().create(new CreateUser("anna", "correct horse battery", Rights.of(Scope.READER)));
        Session session = one.door().logIn(new LogIn("anna", "correct horse battery"), "192.0.2.1");
        NewToken token = one.tokens().create(new CreateToken("ci", Rights.of(Scope.READER)));
        List<String> shown = List.of(session.accessToken(), token.secret());
        shown.forEach(each -> assertThat(let(two, each)).isTrue());

        one.tokens().revoke(token.token().id());
        one.users().update(user.id(), UpdateUser.NOTHING.enabled(false));

        shown.forEach(each -> assertThat(let(one, each)).isFalse());
        shown.forEach(each -> Awaitility.await().atMost(PATIENCE).until(() -> !let(two, each)));
        assertThatThrownBy(() -> two.door().refresh(session.refreshToken())).isInstanceOf(Unauthenticated.class);
    }

    private static boolean let(PilotHub hub, String token) {
        try {
            hub.door().admit(new Credentials(token, "192.0.2.1"));
            return true;
        } catch (Unauthenticated refused) {
            return false;
        }
    }

    @Test
    void aRunMadeHereIsClaimedThereAndItsEventsAreFollowedHere() throws Exception {
        ProjectId project = one.projects().create(CreateProject.named("Apollo")).id();
        Queue<Event> seen = new ConcurrentLinkedQueue<>();
        CompletableFuture<List<Assignment>> waiting = two.work()
                .claim(ClaimRequest.builder(WORKER).waitFor(PATIENCE).build())
                .toCompletableFuture();
        try (Registration following = one.events().follow(EventFilter.ALL, 0, events -> {
            seen.addAll(events);
            return CompletableFuture.completedFuture(null);
        })) {
            Run made = one.runs()
                    .create(CreateRun.forProject(project, "say hello")
                            .profile(RunProfile.command(List.of("echo", "hello")))
                            .policy(RunPolicy.builder().maxAttempts(2).build())
                            .build());
            Run claimed =
                    waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).get(0).run();
            assertThat(claimed.id()).isEqualTo(made.id());
            Lease lease = Objects.requireNonNull(claimed.lease());

            two.work().output(lease, OutputStream.STDOUT, 0, "hel".getBytes(UTF_8));
            one.work().output(lease, OutputStream.STDOUT, 3, "lo\n".getBytes(UTF_8));
            one.work()
                    .finish(List.of(
                            FinishRun.builder(lease, RunResult.SUCCEEDED).build()));

            assertThat(two.runs().get(made.id()).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(two.runs()
                            .output(new OutputRequest(made.id(), 0, OutputStream.STDOUT, 0, 100))
                            .bytes())
                    .asString(UTF_8)
                    .isEqualTo("hello\n");
            long last = two.events().list(EventFilter.of(made.id()), 0, 100).items().stream()
                    .mapToLong(Event::position)
                    .max()
                    .orElseThrow();
            Awaitility.await().atMost(PATIENCE).until(() -> seen.stream().anyMatch(event -> event.position() >= last));
        }
        assertThat(seen.stream().map(Event::position)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void oneThatGoesAwayLeavesEverythingToTheOther() {
        ProjectId project = one.projects().create(CreateProject.named("Apollo")).id();
        Run made = one.runs()
                .create(CreateRun.forProject(project, "wait")
                        .profile(RunProfile.command(List.of("true")))
                        .policy(RunPolicy.builder().maxAttempts(2).build())
                        .build());
        one.work()
                .claim(ClaimRequest.builder(WORKER)
                        .lease(Duration.ofMillis(300))
                        .build())
                .toCompletableFuture()
                .join();

        one.close();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> two.runs().get(made.id()).state() == RunState.QUEUED);
        assertThat(two.projects().list(ProjectFilter.ALL, PageRequest.first(10)).items())
                .hasSize(1);
    }

    @Test
    void aDataDirectoryOfAnotherHubIsRefused() {
        Path other = directory.resolve("other");
        PilotHub.open(PilotConfig.builder(other).build()).close();

        assertThatThrownBy(() -> hub(other))
                .isInstanceOfSatisfying(
                        NotAllowed.class, error -> assertThat(error.code()).isEqualTo("other-hub"))
                .hasMessageContaining(other.toString())
                .hasMessageContaining("hub.id");

        PilotHub.open(PilotConfig.builder(other).build()).close();
    }
}
