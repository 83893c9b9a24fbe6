package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditReport;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has been kept long enough goes; how old it is, only the hub's seals say. */
class PrunedAuditTest {
    private static final int EVENTS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    private AuditScene scene(Engine engine) {
        return new AuditScene(engine, directory).with(EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKeptLongEnoughGoesUpToASealAndTheRestIsStillIntact(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofDays(60));
            scene.pass(hub, Duration.ofDays(31));
            assertThat(scene.count()).isEqualTo(EVENTS + 2);
            scene.pass(hub, Duration.ofHours(25));
            AuditScene.eventually(() -> scene.count() == 3);
            AuditReport report = hub.audit().verify();
            assertThat(report.finding()).isNull();
            assertThat(report.first()).isEqualTo(EVENTS + 1);
            assertThat(report.checked()).isEqualTo(3);
        }
        assertThat(scene.verify().finding()).isNull();
        scene.sql("delete from audit_event where sequence = " + (EVENTS + 1));
        AuditReport report = scene.verify();
        assertThat(report.finding()).isNotNull();
        assertThat(report.finding().fault()).isEqualTo(AuditFault.REMOVED);
        assertThat(report.finding().sequence()).isEqualTo(EVENTS + 1);
        assertThat(scene.head()).isEqualTo(EVENTS + 3);
    }

    /** It has a day to be set right. */
    @ParameterizedTest
    @EnumSource
    void aClockThatJumpsAheadDeletesNothing(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofHours(2));
            scene.pass(hub, Duration.ofDays(200));
            scene.pass(hub, Duration.ofHours(20));
            scene.pass(hub, Duration.ofMinutes(2)); // so the sweep before has ended
            assertThat(scene.count()).isEqualTo(EVENTS + 4);
            scene.clock.advance(Duration.ofDays(-201));
            scene.pass(hub, Duration.ofHours(2));
        }
        // An engine's own time may not go back before its hub is started anew.
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofDays(30));
            scene.pass(hub, Duration.ofDays(2));
            scene.pass(hub, Duration.ofMinutes(2));
            assertThat(scene.count()).isEqualTo(EVENTS + 8);
            assertThat(hub.audit().verify().finding()).isNull();
            scene.pass(hub, Duration.ofDays(60));
            scene.pass(hub, Duration.ofDays(2));
            AuditScene.eventually(() -> scene.count() < EVENTS);
            assertThat(hub.audit().verify().finding()).isNull();
        }
    }

    /** It is the evidence. */
    @ParameterizedTest
    @EnumSource
    void whatWasChangedIsNotDeleted(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("update audit_event set decision = 'allowed', reason = 'fine' where sequence = 31");
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofDays(91));
            scene.pass(hub, Duration.ofHours(25));
            AuditScene.eventually(scene::alarmed);
            scene.pass(hub, Duration.ofMinutes(2));
            assertThat(scene.count()).isEqualTo(EVENTS + 3);
            AuditReport report = hub.audit().verify();
            assertThat(report.finding()).isNotNull();
            assertThat(report.finding().sequence()).isEqualTo(31);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLogWithSealsThatWereTakenOutIsNotPruned(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofHours(2));
            scene.pass(hub, Duration.ofDays(91));
            scene.sql("delete from audit_anchor where sequence = " + EVENTS);
            scene.clock.advance(Duration.ofHours(25));
            AuditScene.eventually(scene::alarmed);
        }
        assertThat(scene.count()).isEqualTo(EVENTS + 2);
    }
}
