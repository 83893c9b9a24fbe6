package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs on one Postgres and one data directory look after one log. */
class SharedAuditTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    @Test
    void bothSealAndPruneAndNeitherTakesTheOtherForAThief() {
        AuditScene scene = new AuditScene(Engine.POSTGRES, directory);
        try (PilotHub one = scene.open();
                PilotHub two = scene.open()) {
            for (int round = 0; round < 20; round++) {
                AuditScene.record(one, 100 * round, 40);
                AuditScene.record(two, 100 * round + 50, 40);
                scene.pass(round % 2 == 0 ? one : two, Duration.ofDays(5));
                assertThat(scene.alarmed()).isFalse();
            }
            scene.pass(one, Duration.ofHours(25));
            AuditScene.eventually(() -> scene.count() < 81 * 20);
            assertThat(one.audit().verify().finding()).isNull();
            assertThat(two.audit().verify().finding()).isNull();
        }
        assertThat(scene.alarmed()).isFalse();
        assertThat(scene.verify().finding()).isNull();
    }
}
