package dev.pilot.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockedFollowersTest {
    private static final int BLOCKED = 20;

    @TempDir
    Path directory;

    /** More block than there are threads for them: each event still comes to the one who does not. */
    @Test
    void followersThatBlockTheirThreadsHoldNobodyUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(BLOCKED);
        CountDownLatch got = new CountDownLatch(10);
        try (PilotHub hub = PilotHub.open(PilotConfig.builder(directory).build())) {
            for (int i = 0; i < BLOCKED; i++) {
                hub.events().follow(EventFilter.ALL, 0, events -> {
                    blocked.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return CompletableFuture.completedFuture(null);
                });
            }
            hub.events().follow(EventFilter.ALL, 0, events -> {
                events.forEach(event -> got.countDown());
                return CompletableFuture.completedFuture(null);
            });
            for (int i = 0; i < 10; i++) {
                hub.events()
                        .append(List.of(NewEvent.builder(new Subject("thing", "x"))
                                .title("number " + i)
                                .build()))
                        .toCompletableFuture()
                        .join();
            }
            assertThat(got.await(60, TimeUnit.SECONDS)).as("all came").isTrue();
            assertThat(blocked.await(60, TimeUnit.SECONDS)).as("all block").isTrue();
            release.countDown();
        }
    }
}
