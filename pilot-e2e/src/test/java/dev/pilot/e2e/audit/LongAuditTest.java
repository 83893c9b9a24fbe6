package dev.pilot.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.store.AuditReader;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.store.JdbiUnit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log of 100,000 records: every filter goes by an index, and whatever is done to one record is found. */
class LongAuditTest {
    private static final int EVENTS = 100_000;
    private static final List<AuditFilter> FILTERS = Stream.of(
                    AuditFilter.builder().who("nobody"),
                    AuditFilter.builder().kind(AuditKind.COMMAND),
                    AuditFilter.builder().operation(AuditOperation.EXEC),
                    AuditFilter.builder().decision(AuditDecision.DENIED),
                    AuditFilter.builder().runId(new RunId("run_1")),
                    AuditFilter.builder().projectId(new ProjectId("prj_1")),
                    AuditFilter.builder().host("host-7"),
                    AuditFilter.builder().workerId(new WorkerId("wrk_1")),
                    AuditFilter.builder().target("/srv/7/"),
                    AuditFilter.builder().host("host-7").from(Instant.EPOCH))
            .map(AuditFilter.Builder::build)
            .toList();

    @TempDir
    @SuppressWarnings("NullAway.Init") // given before each test
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void filtersGoByAnIndexAndOneRecordIsFound(Engine engine) {
        AuditScene scene = new AuditScene(engine, directory).with(EVENTS);
        scene.sql("analyze");
        goByAnIndex(scene);

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

    /** What the store itself asks, at the beginning of a list and far behind it. */
    private static void goByAnIndex(AuditScene scene) {
        String explain = scene.engine == Engine.SQLITE ? "explain query plan " : "explain ";
        Map<String, String> plans = new LinkedHashMap<>();
        try (Connection connection = scene.connect();
                Handle handle = Jdbi.create(ExplainedConnection.of(connection, explain, plans::put))
                        .open()) {
            AuditReader audit =
                    JdbiUnit.view(handle, LongAuditTest::unasked, Instant::now).audit();
            for (AuditFilter filter : FILTERS) {
                for (boolean oldestFirst : new boolean[] {false, true}) {
                    AuditFilter ordered =
                            filter.toBuilder().oldestFirst(oldestFirst).build();
                    String behind = filter.target() == null ? "any" : "/srv/7/file-50007";
                    PageRequest first = PageRequest.first(50);
                    assertThat(audit.list(ordered, first).items()).hasSizeLessThanOrEqualTo(50);
                    Page<AuditEvent> unused = audit.list(ordered, first.after(new Keyset(50_000, behind).write()));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(plans).hasSizeGreaterThanOrEqualTo(4 * FILTERS.size());
        plans.forEach((sql, plan) -> {
            switch (scene.engine) {
                case SQLITE ->
                    assertThat(plan)
                            .as(sql)
                            .containsPattern("USING (COVERING )?INDEX audit_")
                            .doesNotContain("SCAN", "TEMP B-TREE");
                case POSTGRES ->
                    assertThat(plan).as(sql).contains("Index").doesNotContain("Seq Scan", "Sort", "Filter");
            }
        });
    }

    private static String unasked(String table, String columns, String values, String rows) {
        throw new IllegalStateException("the audit log needs none");
    }
}
