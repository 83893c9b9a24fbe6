package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.value.PageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that logs in by itself. */
class LogInTest {
    private static final LogIn ANNA = new LogIn("anna", "correct horse battery");

    @TempDir
    Path directory;

    private RemotePilot hub;

    @BeforeEach
    void open() {
        hub = RemotePilot.open(directory);
        hub.pilot().users().create(new CreateUser(ANNA.name(), ANNA.password(), Rights.of(Scope.OPERATOR)));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whoLoggedInGoesOnWhenTheTokenIsOver() {
        try (PilotClient anna = PilotClient.logIn(hub.uri(), ANNA)) {
            assertThat(anna.account().identity().caller().name()).isEqualTo("anna");
            for (int i = 0; i < 3; i++) {
                hub.clock().advance(Duration.ofMinutes(20));
                // Of a create that was refused at the door it is known that it did not happen.
                anna.projects().create(CreateProject.named("Apollo " + i));
            }
            assertThat(hub.pilot()
                            .projects()
                            .list(ProjectFilter.ALL, PageRequest.first())
                            .items())
                    .hasSize(3);
        }
    }

    @Test
    void manyThreadsGoOnWithOneSession() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (PilotClient anna = PilotClient.logIn(hub.uri(), ANNA)) {
            for (int round = 0; round < 3; round++) {
                hub.clock().advance(Duration.ofMinutes(20));
                List<Future<String>> names = IntStream.range(0, 16)
                        .mapToObj(i -> threads.submit(
                                () -> anna.account().identity().caller().name()))
                        .toList();
                for (Future<String> name : names) {
                    assertThat(name.get(60, TimeUnit.SECONDS)).isEqualTo("anna");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFollowerGoesOnWhenTheTokenIsOverUntilTheSessionIs() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        CompletableFuture<PilotException> end = new CompletableFuture<>();
        try (PilotClient anna = PilotClient.logIn(hub.uri(), ANNA)) {
            anna.events().follow(EventFilter.ALL, anna.events().lastPosition(), new EventFollower() {
                @Override
                public CompletionStage<?> onEvents(List<Event> events) {
                    events.forEach(event -> seen.add(event.title()));
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public void onEnd(@Nullable PilotException cause) {
                    end.complete(cause);
                }
            });
            for (int i = 0; i < 3; i++) {
                hub.clock().advance(Duration.ofMinutes(20));
                String name = "Apollo " + i;
                hub.pilot().projects().create(CreateProject.named(name));
                await().until(() -> seen.stream().anyMatch(title -> title.contains(name)));
            }
            assertThat(end).isNotDone();
            anna.account().logOutEverywhere();
            assertThat(end).succeedsWithin(Duration.ofMinutes(1)).isInstanceOf(Unauthenticated.class);
        }
    }

    @Test
    void whoseSessionIsOverHearsSo() {
        try (PilotClient anna = PilotClient.logIn(hub.uri(), ANNA)) {
            anna.account().logOutEverywhere();
            assertThatThrownBy(() -> anna.account().identity())
                    .isInstanceOf(Unauthenticated.class)
                    .hasMessageContaining("log in again");
        }
        assertThatThrownBy(() -> PilotClient.logIn(hub.uri(), new LogIn("anna", "wrong")))
                .isInstanceOf(Unauthenticated.class);
    }
}
