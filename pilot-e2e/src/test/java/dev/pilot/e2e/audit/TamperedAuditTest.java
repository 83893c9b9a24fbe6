package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditFormat;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
        String unused = scene.chainAnew(31, EVENTS);
        found(scene, AuditFault.ALTERED, EVENTS);
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
    void aSealThatIsGoneIsMissed(Engine engine) {
        AuditScene scene = scene(engine);
        try (PilotHub hub = scene.open()) {
            scene.pass(hub, Duration.ofHours(2));
            scene.pass(hub, Duration.ofHours(2));
        }
        assertThat(scene.verify().finding()).isNull();
        scene.sql("delete from audit_anchor where sequence = " + (EVENTS + 1));
        found(scene, AuditFault.SEAL, EVENTS + 1);
    }

    @ParameterizedTest
    @EnumSource
    void theNewestSealIsMissedToo(Engine engine) {
        AuditScene scene = scene(engine);
        scene.sql("delete from audit_anchor");
        found(scene, AuditFault.SEAL, 1);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordBeforeTheFirstIsFound(Engine engine) {
        AuditScene scene = scene(engine);
        scene.append(7, 0, 1, "00");
        found(scene, AuditFault.INSERTED, 0);
    }

    /** The record is shown as it is, and keeps nobody from reading the others. */
    @ParameterizedTest
    @EnumSource
    void whatCanNotBeReadIsListedAndMarked(Engine engine) throws IOException {
        AuditScene scene = scene(engine);
        scene.sql("update audit_event set kind = 'nonsense', data = '{' where sequence = 12");
        try (PilotHub hub = scene.open()) {
            List<AuditEvent> all =
                    hub.audit().list(AuditFilter.ALL, PageRequest.first(100)).items();
            assertThat(all).hasSize(EVENTS);
            AuditEvent marked = all.get(EVENTS - 12);
            assertThat(marked.sequence()).isEqualTo(12);
            assertThat(marked.kind()).isEqualTo(AuditKind.OTHER);
            assertThat(marked.target()).isEqualTo(AuditScene.event(11).target());
            assertThat(marked.reason()).contains("not as a hub wrote it");
            assertThat(marked.data().toString()).contains("nonsense", "reason 11", "\"data\":\"{\"");
            try (InputStream in = hub.audit().export(AuditFilter.ALL, AuditFormat.JSONL)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                        .hasSize(EVENTS)
                        .filteredOn(line -> line.contains("\"unreadable\""))
                        .hasSize(1);
            }
        }
    }
}
