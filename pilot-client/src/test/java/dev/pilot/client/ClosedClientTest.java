package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.value.Registration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs alone: other tests' clients have threads, too. */
@Isolated
final class ClosedClientTest {
    @Test
    void noThreadOfAClosedClientStaysBehind() throws InterruptedException {
        List<Thread> before = clientThreads();
        CountDownLatch arrived = new CountDownLatch(2);
        CompletableFuture<@Nullable PilotException> end = new CompletableFuture<>();
        try (StubServer server = new StubServer(count -> {
                    arrived.countDown();
                    return StubServer.silence();
                });
                PilotClient pilot = server.client()) {
            Registration following = pilot.events().follow(EventFilter.ALL, 0, new EventFollower() {
                @Override
                public CompletionStage<?> onEvents(List<Event> events) {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public void onEnd(@Nullable PilotException cause) {
                    end.complete(cause);
                }
            });
            CompletionStage<?> claim = pilot.work()
                    .claim(ClaimRequest.builder(new WorkerId("w"))
                            .waitFor(Duration.ofMinutes(1))
                            .build());
            arrived.await();
            assertThat(clientThreads()).hasSizeGreaterThan(before.size()).allMatch(Thread::isDaemon);

            pilot.close();
            assertThat(end.join()).as("closed").isNull();
            assertThat(claim.toCompletableFuture()).failsWithin(Duration.ofSeconds(20));
            await().atMost(Duration.ofSeconds(20)).until(() -> before.containsAll(clientThreads()));
            following.close();
        }
    }

    private static List<Thread> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pilot-follow")
                        || thread.getName().startsWith("pilot-client"))
                .toList();
    }
}
