package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.store.AuditRow;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.core.system.AuditChain;
import dev.pilot.e2e.fault.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever somebody does to the log in the database, the check finds the first place. */
class TamperedAuditTest {
    private static final int EVENTS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    private AuditScene scene(Engine engine) {
        return new AuditScene(engine, directory).with(EVENTS);
    }

    private static void found(AuditScene scene, AuditFault fault, long sequence) {
        AuditReport report = scene.verify();
        assertThat(report.finding()).isNotNull();
        assertThat(report.finding().fault()).as(report.finding().message()).isEqualTo(fault);
        assertThat(report.finding().sequence()).as(report.finding().message()).isEqualTo(sequence);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheHubWroteIsIntactAndSealed(Engine engine) {
        AuditReport report = scene(engine).verify();
        assertThat(report.finding()).isNull();
        assertThat(report.checked()).isEqualTo(EVENTS);
        assertThat(report.sealed()).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void anAlteredRecordIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("update audit_event set decision = 'allowed', reason = 'fine' where sequence = 31");
        found(scene, AuditFault.ALTERED, 31);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatCanNotEvenBeReadIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("update audit_event set kind = 'nonsense', data = '{' where sequence = 12");
        found(scene, AuditFault.ALTERED, 12);
    }

    @ParameterizedTest
    @EnumSource
    void aRemovedRecordIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_event where sequence = 31");
        found(scene, AuditFault.REMOVED, 31);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstRecordIsMissed(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_event where sequence <= 2");
        found(scene, AuditFault.REMOVED, 1);
    }

    @ParameterizedTest
    @EnumSource
    void swappedRecordsAreFoundHoweverFarApart(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql(
                "update audit_event set sequence = 9999 where sequence = 20",
                "update audit_event set sequence = 20 where sequence = 50",
                "update audit_event set sequence = 50 where sequence = 9999");
        found(scene, AuditFault.SWAPPED, 20);
    }

    @ParameterizedTest
    @EnumSource
    void neighboursThatAreSwappedAreFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql(
                "update audit_event set sequence = 9999 where sequence = 20",
                "update audit_event set sequence = 20 where sequence = 21",
                "update audit_event set sequence = 21 where sequence = 9999");
        found(scene, AuditFault.SWAPPED, 20);
    }

    @ParameterizedTest
    @EnumSource
    void anInsertedRecordIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        for (int sequence = EVENTS; sequence >= 20; sequence--) {
            scene.sql("update audit_event set sequence = " + (sequence + 1) + " where sequence = " + sequence);
        }
        scene.sql(
                "insert into audit_event (sequence, id, at, who, kind, operation, target, decision, reason, data, hash)"
                        + " select 20, 'aud_forged', at, who, kind, operation, '/forged', decision, reason, data, hash"
                        + " from audit_event where sequence = 19");
        found(scene, AuditFault.INSERTED, 20);
    }

    @ParameterizedTest
    @EnumSource
    void recordsThatAreCutOffAtTheEndAreMissed(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_event where sequence > 55");
        found(scene, AuditFault.TRUNCATED, 56);
    }

    @ParameterizedTest
    @EnumSource
    void theyAreMissedEvenIfTheirSealsAreGoneToo(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_event where sequence > 55", "delete from audit_anchor");
        found(scene, AuditFault.TRUNCATED, 56);
    }

    /** It goes on from what is there; what the file outside says is not washed away by that. */
    @ParameterizedTest
    @EnumSource
    void aLogThatWasCutOffAndGrewAgainIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_event where sequence > 55", "delete from audit_anchor");
        try (PilotHub hub = scene.open()) {
            AuditScene.record(hub, 1_000, 30);
        }
        found(scene, AuditFault.ALTERED, EVENTS);
    }

    /** Who has the database alone can compute hashes, but no seals. */
    @ParameterizedTest
    @EnumSource
    void aChainThatWasComputedAnewIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("update audit_event set reason = 'nothing to see' where sequence = 31");
        try (PilotHub hub = scene.open()) {
            String before = hub.audit()
                    .list(AuditFilter.builder().oldestFirst(true).build(), PageRequest.first(30))
                    .items()
                    .get(29)
                    .hash();
            for (int sequence = 31; sequence <= EVENTS; sequence++) {
                before = AuditChain.hash(before, row(scene, sequence));
                scene.sql("update audit_event set hash = '" + before + "' where sequence = " + sequence);
            }
        }
        found(scene, AuditFault.ALTERED, EVENTS);
    }

    private static AuditRow row(AuditScene scene, long sequence) {
        String from = " from audit_event where sequence = " + sequence;
        return new AuditRow(
                sequence,
                scene.ask("select id" + from).get(0),
                Long.parseLong(scene.ask("select at" + from).get(0)),
                scene.ask("select who" + from).get(0),
                scene.ask("select kind" + from).get(0),
                scene.ask("select operation" + from).get(0),
                scene.ask("select target" + from).get(0),
                scene.ask("select decision" + from).get(0),
                null,
                null,
                scene.ask("select reason" + from).get(0),
                Long.valueOf(scene.ask("select bytes" + from).get(0)),
                scene.ask("select host" + from).get(0),
                null,
                null,
                scene.ask("select data" + from).get(0),
                "");
    }

    @ParameterizedTest
    @EnumSource
    void aSealThatSomebodyElseMadeIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("update audit_anchor set seal = '" + "ab".repeat(32) + "'");
        found(scene, AuditFault.SEAL, EVENTS);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKeptLongEnoughGoesUpToASealAndTheRestIsStillIntact(Engine engine) throws IOException {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.clock.advance(Duration.ofDays(60));
            AuditScene.record(hub, EVENTS, 10);
            scene.clock.advance(Duration.ofDays(31));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(hub.audit()
                                    .list(
                                            AuditFilter.builder()
                                                    .oldestFirst(true)
                                                    .build(),
                                            PageRequest.first())
                                    .items())
                            .hasSize(10));
            AuditReport report = hub.audit().verify();
            assertThat(report.finding()).isNull();
            assertThat(report.first()).isEqualTo(EVENTS + 1);
            assertThat(report.checked()).isEqualTo(10);
        }
        scene.sql("delete from audit_event where sequence = " + (EVENTS + 1));
        found(scene, AuditFault.REMOVED, EVENTS + 1);
        Path head = scene.data.resolve("audit.head");
        assertThat(Files.readString(head)).startsWith(Objects.toString(EVENTS + 10) + " ");
    }

    @ParameterizedTest
    @EnumSource
    void aLogThatWasPrunedAsAWholeGoesOn(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.clock.advance(Duration.ofDays(91));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(hub.audit()
                                    .list(AuditFilter.ALL, PageRequest.first())
                                    .items())
                            .isEmpty());
            AuditScene.record(hub, 0, 3);
        }
        AuditReport report = scene.verify();
        assertThat(report.finding()).isNull();
        assertThat(report.first()).isEqualTo(EVENTS + 1);
        assertThat(report.last()).isEqualTo(EVENTS + 3);
    }
}
