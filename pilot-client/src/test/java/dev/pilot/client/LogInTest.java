package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.value.PageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
