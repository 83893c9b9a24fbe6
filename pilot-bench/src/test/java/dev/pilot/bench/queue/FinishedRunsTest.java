package dev.pilot.bench.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.PageRequest;
import dev.pilot.bench.Postgres;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedRunsTest {
    private static final int COPIES = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    Path directory;

    @Test
    void copiesAreRunsOfTheHubLikeAnyOther() throws Exception {
        try (Postgres postgres = Postgres.start()) {
            postgres.in(url -> {
                try (PilotHub hub = open(url)) {
                    HubQueue.measure(hub, 1, 1, 1);
                }
                FinishedRuns.fill(url, COPIES);
                try (PilotHub hub = open(url)) {
                    List<Run> runs = hub.runs()
                            .list(RunFilter.ALL, PageRequest.first(2 * COPIES))
                            .items();
                    assertEquals(COPIES + 1, runs.size());
                    for (Run run : runs) {
                        assertEquals(RunState.SUCCEEDED, run.state());
                        assertEquals(1, hub.runs().attempts(run.id()).size());
                        assertEquals(
                                3,
                                hub.events()
                                        .list(EventFilter.of(run.id()), 0, 10)
                                        .items()
                                        .size());
                    }
                    HubQueue.measure(hub, 1, 1, 1);
                }
            });
        }
    }

    private PilotHub open(String url) {
        return PilotHub.open(PilotConfig.builder(directory).storeUrl(url).build());
    }
}
