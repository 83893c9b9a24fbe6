package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.error.Unavailable;
import dev.pilot.core.PilotHub;
import dev.pilot.core.system.AuditChain;
import dev.pilot.e2e.fault.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody changes the log in the database, and waits for a running hub to put its seal on that. It doesn't. */
class SealedTamperingTest {
    private static final int EVENTS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    private AuditScene scene(Engine engine) {
        return new AuditScene(engine, directory).with(EVENTS);
    }

    private static void isRefused(AuditScene scene, PilotHub hub) {
        scene.clock.advance(Duration.ofMinutes(2));
        AuditScene.eventually(scene::alarmed);
        AuditScene.record(hub, 1_000, 3);
        scene.clock.advance(Duration.ofMinutes(2));
        assertThat(hub.audit().verify().isIntact()).isFalse();
    }

    /** What it claims of its time and hash is nobody's word: before, one such row had the whole log deleted. */
    @ParameterizedTest
    @EnumSource
    void aRecordThatClaimsToBeOldHasNothingDeleted(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.append(7, EVENTS + 1, 1, "00");
            isRefused(scene, hub);
        }
        assertThat(scene.head()).isEqualTo(EVENTS);
        assertThat(scene.count()).as("the hub goes on recording").isEqualTo(EVENTS + 4);
        AuditReport report = scene.verify();
        assertThat(report.finding()).isNotNull();
        assertThat(report.finding().fault()).isEqualTo(AuditFault.ALTERED);
        assertThat(report.finding().sequence()).isEqualTo(EVENTS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void norOneThatIsChainedRightlyButGoesBackInTime(Engine engine) {
        AuditScene scene = scene(engine);
        scene.append(7, EVENTS + 1, 1, "00");
        String unused = scene.chainAnew(EVENTS + 1, EVENTS + 1);
        try (PilotHub hub = scene.open()) {
            isRefused(scene, hub);
        }
        assertThat(scene.head()).isEqualTo(EVENTS);
        assertThat(scene.count()).isEqualTo(EVENTS + 4);
    }

    @ParameterizedTest
    @EnumSource
    void placesThatAreLeftOutAreNotSealed(Engine engine) {
        AuditScene scene = scene(engine);
        scene.append(7, EVENTS + 900, scene.row(EVENTS).at(), "00");
        try (PilotHub hub = scene.open()) {
            isRefused(scene, hub);
        }
        assertThat(scene.head()).isEqualTo(EVENTS);
    }

    /** The past is rewritten all but the hash that the file outside knows, until that file would know the forged one. */
    @ParameterizedTest
    @EnumSource
    void theFileOutsideIsNotWashed(Engine engine) {
        AuditScene scene = scene(engine);
        String real = scene.row(EVENTS).hash();
        scene.sql("update audit_event set reason = 'nothing to see' where sequence = 31");
        String forged = scene.chainAnew(31, EVENTS);
        scene.append(7, EVENTS + 1, scene.row(EVENTS).at(), "00");
        scene.sql(
                "update audit_event set hash = '" + AuditChain.hash(forged, scene.row(EVENTS + 1))
                        + "' where sequence = " + (EVENTS + 1),
                "update audit_event set hash = '" + real + "' where sequence = " + EVENTS,
                "delete from audit_anchor where sequence >= 31");
        try (PilotHub hub = scene.open()) {
            isRefused(scene, hub);
        }
        scene.sql("update audit_event set hash = '" + forged + "' where sequence = " + EVENTS);
        try (PilotHub hub = scene.open()) {
            isRefused(scene, hub);
        }
        assertThat(scene.head()).isEqualTo(EVENTS);
        assertThat(scene.verify().isIntact()).isFalse();
    }

    /** The same, with the seals left where they are: all stands again as soon as what was changed is as it was. */
    @ParameterizedTest
    @EnumSource
    void whatIsPutRightIsSealedAgain(Engine engine) {
        AuditScene scene = scene(engine);
        String real = scene.row(EVENTS).hash();
        scene.sql("update audit_event set hash = 'ff' where sequence = " + EVENTS);
        try (PilotHub hub = scene.open()) {
            scene.clock.advance(Duration.ofMinutes(2));
            AuditScene.eventually(scene::alarmed);
            scene.sql("update audit_event set hash = '" + real + "' where sequence = " + EVENTS);
            scene.pass(hub, Duration.ofMinutes(2));
            AuditScene.eventually(() -> !scene.alarmed());
        }
        assertThat(scene.verify().finding()).isNull();
        assertThat(scene.head()).isEqualTo(EVENTS + 1);
    }

    /** A backup was brought back, and the file outside kept elsewhere: the hub goes on from the last seal in the database. */
    @ParameterizedTest
    @EnumSource
    void aDatabaseThatWasBroughtBackGoesOnWithoutTheFile(Engine engine) throws IOException {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofHours(2));
        }
        scene.sql(
                "delete from audit_event where sequence > " + EVENTS,
                "delete from audit_anchor where sequence > " + EVENTS);
        try (PilotHub hub = scene.open()) {
            AuditScene.eventually(scene::alarmed);
            Files.delete(scene.data.resolve("audit.head"));
            scene.pass(hub, Duration.ofMinutes(2));
            AuditScene.eventually(() -> !scene.alarmed());
        }
        assertThat(scene.verify().finding()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsGoneIsNotMadeAnew(Engine engine) throws IOException {
        AuditScene scene = scene(engine);
        Path key = scene.data.resolve("audit.key");
        String kept = Files.readString(key);
        Files.delete(key);
        assertThatThrownBy(scene::open)
                .isInstanceOfSatisfying(
                        Unavailable.class, failure -> assertThat(failure.code()).isEqualTo("key-file"));
        assertThat(key).doesNotExist();
        assertThat(kept).hasSize(65);
    }
}
