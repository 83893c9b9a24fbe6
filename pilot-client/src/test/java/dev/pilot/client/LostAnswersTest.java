package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.User;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.UserId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.run.OutputSize;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When an answer is lost: what is safe is sent again and happens once, of the rest the caller learns that it isn't known. */
final class LostAnswersTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final Lease LEASE = new Lease(new RunId("run_1"), 1, new WorkerId("wrk_1"), NOW);
    private static final Run RUN = Run.builder()
            .id(new RunId("run_1"))
            .projectId(new ProjectId("prj_1"))
            .goal("goal")
            .profile(RunProfile.builder().build())
            .state(RunState.QUEUED)
            .createdAt(Instant.EPOCH)
            .updatedAt(Instant.EPOCH)
            .build();
    private static final Project PROJECT = Project.builder()
            .id(new ProjectId("prj_1"))
            .name("name")
            .createdAt(NOW)
            .updatedAt(NOW)
            .build();

    static Stream<Arguments> unsafeCalls() {
        return Stream.of(
                call(
                        "update",
                        pilot -> pilot.projects()
                                .update(PROJECT.id(), UpdateProject.builder().build())),
                call("delete", pilot -> pilot.projects().delete(PROJECT.id())),
                call("approve", pilot -> pilot.runs().approve(LEASE.runId(), null)),
                call("use", pilot -> pilot.work().use(LEASE, Usage.NONE)),
                call("gates", pilot -> pilot.work().gates(LEASE)),
                call("release", pilot -> pilot.work().release(List.of(LEASE))),
                call(
                        "claim",
                        pilot -> join(pilot.work()
                                .claim(ClaimRequest.builder(LEASE.workerId()).build()))));
    }

    private static Arguments call(String name, Consumer<Pilot> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsafeCalls")
    void whatIsNotSafeIsSentOnceAndItsOutcomeIsUnknown(String name, Consumer<Pilot> call) {
        try (StubServer server = new StubServer(count -> StubServer.lost());
                Pilot pilot = server.client()) {
            OutcomeUnknown error = catchThrowableOfType(OutcomeUnknown.class, () -> call.accept(pilot));
            assertThat(error).as(name).isNotNull();
            assertThat(error.code()).isEqualTo("outcome-unknown");
            assertThat(error.getMessage()).doesNotContain("token-of-the-test");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whatCountsOnceIsSentAgain() {
        UsageReceipt receipt = new UsageReceipt("a", false, RunState.RUNNING, Usage.NONE);
        Page<Record> answer = new Page<>(List.of(new ItemResult.Done<>(receipt)), null);
        try (StubServer server = new StubServer(count -> count < 2 ? StubServer.lost() : StubServer.json(200, answer));
                Pilot pilot = server.client()) {
            assertThat(pilot.work()
                            .use(List.of(new UsageReport("a", LEASE, Usage.NONE, true)))
                            .get(0)
                            .get())
                    .isEqualTo(receipt);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aReadIsSentAgain() {
        try (StubServer server =
                        new StubServer(count -> count < 2 ? StubServer.lost() : StubServer.json(200, PROJECT));
                Pilot pilot = server.client()) {
            assertThat(pilot.projects().get(PROJECT.id())).isEqualTo(PROJECT);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void anAnswerThatIsTornIsALostOne() {
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.torn(PROJECT) : StubServer.json(200, PROJECT));
                Pilot pilot = server.client()) {
            assertThat(pilot.projects().get(PROJECT.id())).isEqualTo(PROJECT);
        }
        try (StubServer server = new StubServer(count -> StubServer.torn(PROJECT));
                Pilot pilot = server.client()) {
            assertThat(catchThrowable(() -> pilot.projects()
                            .update(PROJECT.id(), UpdateProject.builder().build())))
                    .isInstanceOf(OutcomeUnknown.class);
        }
    }

    @Test
    void aReadThatFailsEveryTimeIsUnavailable() {
        try (StubServer server = new StubServer(count -> StubServer.lost());
                Pilot pilot = server.client(2)) {
            Unavailable error = catchThrowableOfType(
                    Unavailable.class, () -> pilot.projects().get(PROJECT.id()));
            assertThat(error.code()).isEqualTo("connection-lost");
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aCreateWithoutAKeyGetsOneAndIsSentAgainAsItWas() {
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(200, PROJECT));
                Pilot pilot = server.client()) {
            Created<Project> created = pilot.projects().createOrFind(CreateProject.named("name"));
            assertThat(created).as("found, but by nobody else's doing").isEqualTo(new Created<>(PROJECT, true));
            assertThat(server.body(0)).contains("\"idempotencyKey\":\"key_").isEqualTo(server.body(1));
        }
    }

    @Test
    void aCreateWithAnIdIsSentAgainAsItWas() {
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(201, PROJECT));
                Pilot pilot = server.client()) {
            CreateProject command =
                    CreateProject.builder("name").id(PROJECT.id()).build();
            assertThat(pilot.projects().createOrFind(command)).isEqualTo(new Created<>(PROJECT, true));
            assertThat(server.body(0)).doesNotContain("idempotencyKey").isEqualTo(server.body(1));
        }
    }

    @Test
    void aSetOfRunsIsSentAgainUnderTheSameKeys() {
        Page<ItemResult<Created<Run>>> answer = new Page<>(
                List.of(
                        new ItemResult.Done<>(new Created<>(RUN, false)),
                        new ItemResult.Done<>(new Created<>(RUN, false))),
                null);
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(200, answer));
                Pilot pilot = server.client()) {
            CreateRun command = CreateRun.forProject(PROJECT.id(), "goal").build();
            List<ItemResult<Created<Run>>> made = pilot.runs()
                    .createAll(List.of(
                            command, command.toBuilder().idempotencyKey("own").build()));
            assertThat(made)
                    .as("what got its key here is new, whichever sending came through")
                    .extracting(result -> result.get().isNew())
                    .containsExactly(true, false);
            assertThat(server.body(0))
                    .contains("\"idempotencyKey\":\"key_", "\"idempotencyKey\":\"own\"")
                    .isEqualTo(server.body(1));
        }
    }

    @Test
    void anAppendIsSentAgainUnderTheSameIds() {
        EventId own = new EventId("own");
        Appended answer = new Appended(List.of(new Created<>(new EventId("theirs"), false), new Created<>(own, false)));
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(200, answer));
                Pilot pilot = server.client()) {
            NewEvent event = NewEvent.builder(new Subject("thing", "1")).build();
            Appended appended = join(pilot.events()
                    .append(List.of(event, event.toBuilder().id(own).build())));
            assertThat(appended.events())
                    .as("what got its id here is new, whichever sending came through")
                    .extracting(Created::isNew)
                    .containsExactly(true, false);
            assertThat(server.body(0)).contains("\"id\":\"evt_").isEqualTo(server.body(1));
        }
    }

    @Test
    void anActionIsSentAgainUnderTheSameId() {
        Event event = new Event(
                1,
                new EventId("act_1"),
                NOW,
                Subject.project(PROJECT.id()),
                null,
                PROJECT.id(),
                "action",
                Level.INFO,
                "",
                "",
                Json.object());
        ActionOutcome replayed =
                new ActionOutcome(new dev.pilot.api.id.ActionId("act_1"), true, true, PROJECT, event, null);
        Page<ItemResult<ActionOutcome>> answer = new Page<>(List.of(new ItemResult.Done<>(replayed)), null);
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(200, answer));
                Pilot pilot = server.client()) {
            ApplyAction action = ApplyAction.builder(PROJECT.id(), ActionKind.BUMP_PROGRESS)
                    .params(Json.object("delta", 5))
                    .build();
            assertThat(pilot.projects().apply(List.of(action)).get(0).get().replayed())
                    .isFalse();
            assertThat(server.body(0)).contains("\"id\":\"act_").isEqualTo(server.body(1));
        }
    }

    @Test
    void aWorkersRepeatableWritesAreSentAgain() {
        assertSentAgain(
                new HeartbeatAnswer(List.of(), false),
                pilot -> pilot.work()
                        .heartbeat(new HeartbeatRequest(LEASE.workerId(), List.of(LEASE), Duration.ofSeconds(30))));
        assertSentAgain(
                new OutputSize(3), pilot -> pilot.work().output(LEASE, OutputStream.STDOUT, 0, new byte[] {1, 2, 3}));
        assertSentAgain(
                new Page<>(List.of(), null),
                pilot -> pilot.work()
                        .finish(List.of(
                                FinishRun.builder(LEASE, RunResult.SUCCEEDED).build())));
    }

    private static void assertSentAgain(Object answer, Consumer<Pilot> call) {
        try (StubServer server =
                        new StubServer(count -> count == 0 ? StubServer.lost() : StubServer.json(200, answer));
                Pilot pilot = server.client()) {
            call.accept(pilot);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.body(0)).isEqualTo(server.body(1));
        }
    }

    @Test
    void whatNeverLeftIsTriedAgainAndThenUnavailable() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Pilot pilot = PilotClient.builder(nobody, "token").retries(1).build()) {
            Unavailable error = catchThrowableOfType(
                    Unavailable.class,
                    () -> pilot.projects()
                            .update(PROJECT.id(), UpdateProject.builder().build()));
            assertThat(error.code()).isEqualTo("hub-unreachable");
            assertThat(catchThrowable(() -> join(pilot.events().append(List.of()))))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aSilentHubIsGivenUpInTime() {
        try (StubServer server = new StubServer(count -> StubServer.silence());
                Pilot pilot = PilotClient.builder(server.uri(), "token")
                        .requestTimeout(Duration.ofMillis(200))
                        .retries(0)
                        .build()) {
            assertThat(catchThrowable(() -> pilot.projects().get(PROJECT.id()))).isInstanceOf(Unavailable.class);
            assertThat(catchThrowable(() -> pilot.projects().delete(PROJECT.id())))
                    .isInstanceOf(OutcomeUnknown.class);
        }
    }

    @Test
    void aClaimThatIsCancelledEndsItsCall() {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        try (StubServer server = new StubServer(count -> {
                    arrived.complete(null);
                    return StubServer.silence();
                });
                Pilot pilot = server.client()) {
            CompletableFuture<?> claim = pilot.work()
                    .claim(ClaimRequest.builder(LEASE.workerId())
                            .waitFor(Duration.ofMinutes(1))
                            .build())
                    .toCompletableFuture();
            arrived.join();
            assertThat(claim.cancel(true)).isTrue();
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        try (StubServer server = new StubServer(count -> {
            arrived.complete(null);
            return StubServer.silence();
        })) {
            PilotClient pilot = server.client();
            CompletionStage<?> claim = pilot.work()
                    .claim(ClaimRequest.builder(LEASE.workerId())
                            .waitFor(Duration.ofMinutes(1))
                            .build());
            arrived.join();
            pilot.close();
            pilot.close();
            assertThat(catchThrowable(() -> join(claim))).isInstanceOf(OutcomeUnknown.class);
            Unavailable error = catchThrowableOfType(
                    Unavailable.class,
                    () -> join(pilot.work()
                            .claim(ClaimRequest.builder(LEASE.workerId()).build())));
            assertThat(error.code()).isEqualTo("client-closed");
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Test
    void aRefreshWhoseAnswerWasLostIsNotTriedAgain() {
        Rights rights = Rights.of(Scope.READER);
        User user = new User(new UserId("usr_1"), "anna", null, rights, true, Instant.EPOCH, Instant.EPOCH);
        Session session = new Session("old", Duration.ofMinutes(15), "refresh", Duration.ofDays(1), user);
        ErrorBody refused = ErrorBody.of(new Unauthenticated("The token is over."));
        try (StubServer server = new StubServer(
                        (count, request) -> switch (request.getUrl().encodedPath()) {
                            case "/api/auth/login" -> StubServer.json(200, session);
                            case "/api/auth/refresh" -> StubServer.lost();
                            default -> StubServer.problem(refused);
                        });
                PilotClient anna = PilotClient.logIn(server.uri(), new LogIn("anna", "password"))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> anna.account().identity())
                        .isInstanceOf(Unauthenticated.class)
                        .hasMessageContaining("log in again");
            }
            // Shown twice, it would look as if somebody had stolen it.
            assertThat(server.requests().stream()
                            .filter(request -> request.getUrl().encodedPath().equals("/api/auth/refresh")))
                    .hasSize(1);
        }
    }
}
