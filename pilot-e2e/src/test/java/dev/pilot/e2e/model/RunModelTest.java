package dev.pilot.e2e.model;

import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More stories with {@code -Dpilot.rounds=…}, one certain story with {@code -Dpilot.seed=…}. */
class RunModelTest {
    private static final int STORIES = 3;
    private static final int STEPS = 250;

    @TempDir
    private Path directory;

    @Test
    void aHubDoesWhatThePlainModelDoes() {
        play(Engine.SQLITE);
    }

    @Test
    void aHubOnPostgresDoesWhatThePlainModelDoes() {
        play(Engine.POSTGRES);
    }

    private void play(Engine engine) {
        Long one = Long.getLong("pilot.seed");
        long first = one != null ? one : System.nanoTime();
        int stories = one != null ? 1 : Integer.getInteger("pilot.rounds", STORIES);
        for (long seed = first; seed < first + stories; seed++) {
            MovableClock clock = MovableClock.create();
            Path data = directory.resolve(engine.label() + seed);
            try (PilotHub hub = PilotHub.open(PilotConfig.builder(data)
                    .storeUrl(engine.storeUrl(data))
                    .sweepEvery(Duration.ofMillis(10))
                    .retryPause(Duration.ZERO, Duration.ZERO)
                    .clock(clock)
                    .build())) {
                new RandomStory(hub, clock, seed).play(STEPS);
            } catch (AssertionError wrong) {
                throw new AssertionError("with -Dpilot.seed=" + seed + " on " + engine, wrong);
            }
        }
    }
}
