package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log of 100,000 records: every filter goes by an index, and whatever is done to one record is found. */
class LongAuditTest {
    private static final int EVENTS = 100_000;
    private static final List<String> FILTERS = List.of(
            "who = 'nobody'",
            "kind = 'command'",
            "operation = 'exec'",
            "decision = 'denied'",
            "run_id = 'run_1'",
            "project_id = 'prj_1'",
            "host = 'host-7'",
            "worker_id = 'wrk_1'");

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void filtersGoByAnIndexAndOneRecordIsFound(Engine engine) {
        AuditScene scene = new AuditScene(engine, directory).with(EVENTS);
        scene.sql("analyze");
        for (String filter : FILTERS) {
            goesByAnIndex(scene, filter, "-sequence > -90000", "-sequence");
            goesByAnIndex(scene, filter, "-sequence < -10000", "-sequence desc");
        }
        goesByAnIndex(scene, "target >= '/srv/7/'", "target < '/srv/70'", "target, sequence");
        goesByAnIndex(scene, "at >= 1", "at < 9000000000000000", "at, sequence");

        try (PilotHub hub = scene.open()) {
            List<AuditEvent> denied = hub.audit()
                    .list(AuditFilter.builder().host("host-3").target("/srv/3/").build(), PageRequest.first(500))
                    .items();
            assertThat(denied).hasSize(500).allMatch(event -> "host-3".equals(event.host()));
            AuditReport report = hub.audit().verify();
            assertThat(report.finding()).isNull();
            assertThat(report.checked()).isEqualTo(EVENTS);
        }
        found(
                scene,
                AuditFault.ALTERED,
                77_777,
                List.of("update audit_event set reason = 'another' where sequence = 77777"),
                List.of("update audit_event set reason = 'reason 77776' where sequence = 77777"));
        found(scene, AuditFault.SWAPPED, 12_345, swap(12_345, 98_765), swap(12_345, 98_765));
        found(scene, AuditFault.REMOVED, 54_321, List.of("delete from audit_event where sequence = 54321"), List.of());
    }

    private static List<String> swap(int one, int other) {
        String move = "update audit_event set sequence = %d where sequence = %d";
        return List.of(move.formatted(EVENTS + 1, one), move.formatted(one, other), move.formatted(other, EVENTS + 1));
    }

    private static void found(
            AuditScene scene, AuditFault fault, long sequence, List<String> change, List<String> undo) {
        scene.sql(change.toArray(String[]::new));
        AuditReport report = scene.verify();
        assertThat(report.finding()).isNotNull();
        assertThat(report.finding().fault()).isEqualTo(fault);
        assertThat(report.finding().sequence()).isEqualTo(sequence);
        scene.sql(undo.toArray(String[]::new));
    }

    private static void goesByAnIndex(AuditScene scene, String filter, String range, String order) {
        String select =
                "select * from audit_event where " + filter + " and " + range + " order by " + order + " limit 51";
        String plan = switch (scene.engine) {
            case SQLITE -> String.join("\n", scene.ask("explain query plan " + select));
            case POSTGRES -> String.join("\n", scene.ask("explain " + select));
        };
        switch (scene.engine) {
            case SQLITE ->
                assertThat(plan).contains("USING INDEX audit_", " AND ").doesNotContain("SCAN", "TEMP B-TREE");
            case POSTGRES -> assertThat(plan).contains("Index Scan").doesNotContain("Seq Scan", "Sort", "Filter");
        }
    }
}
