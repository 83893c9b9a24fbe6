package dev.pilot.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.RunReader;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.store.JdbiUnit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is asked with every claim and sweep costs no more with a million finished runs: each finds what it needs by an index, in order. */
class QueryPlansTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProjectId PROJECT = new ProjectId("prj_1");
    private static final PageRequest PAGE = PageRequest.first(10);
    /** Those hold only runs that are in the queue or under way, so even all of one is little. */
    private static final Set<String> SHORT =
            Set.of("run_lane", "run_lease", "run_active", "run_wall", "run_stalls", "run_queued");

    @TempDir
    private Path directory;

    private final List<String> asked = new ArrayList<>();
    private Connection connection;
    private Handle handle;

    @BeforeEach
    void anEmptyStore() throws SQLException {
        Stores.open(directory, Clock.systemUTC()).close();
        connection = DriverManager.getConnection("jdbc:sqlite:" + Stores.database(directory));
        handle = Jdbi.create(connection).setSqlLogger(new Recorder()).open();
    }

    @AfterEach
    void close() {
        handle.close();
    }

    private final class Recorder implements SqlLogger {
        @Override
        public void logBeforeExecution(StatementContext context) {
            asked.add(context.getParsedSql().getSql());
        }
    }

    @TestFactory
    Stream<DynamicTest> whatClaimsAndSweepsAskFindsItsRowsByAnIndex() {
        ClaimFilter any = ClaimFilter.of(Set.of("gpu"), Set.of(RunnerKind.PROCESS));
        Map<String, Consumer<RunReader>> questions = Map.ofEntries(
                Map.entry("queued", RunReader::queued),
                Map.entry("claimable", runs -> runs.claimable(any, List.of(PROJECT), NOW, 10)),
                Map.entry("active", RunReader::active),
                Map.entry("activeByTool", RunReader::activeByTool),
                Map.entry("leased", runs -> runs.leased(10)),
                Map.entry("heldBy", runs -> runs.heldBy(new WorkerId("wrk_1"))),
                Map.entry("expired", runs -> runs.expired(NOW, 10)),
                Map.entry("stalled", runs -> runs.stalled(NOW, 10)),
                Map.entry("overtime", runs -> runs.overtime(NOW, 10)),
                Map.entry("unfinishedChildren", runs -> runs.unfinishedChildren(new RunId("run_1"))),
                Map.entry("activeOf", runs -> runs.activeOf(new TaskId("tsk_1"))),
                Map.entry("all of a project", list(RunFilter.builder().projectId(PROJECT))),
                Map.entry(
                        "a project's failed ones",
                        list(RunFilter.builder().projectId(PROJECT).state(RunState.FAILED))),
                Map.entry("a task's", list(RunFilter.builder().taskId(new TaskId("tsk_1")))),
                Map.entry("an agent's", list(RunFilter.builder().agentId(new AgentId("agt_1")))),
                Map.entry("a graph run's", list(RunFilter.builder().graphRunId(new GraphRunId("grn_1")))),
                Map.entry("a run's children", list(RunFilter.builder().parentId(new RunId("run_1")))),
                Map.entry("an outside agent's", list(RunFilter.builder().externalId("session"))),
                Map.entry("failed ones", list(RunFilter.builder().state(RunState.FAILED))),
                Map.entry("queued ones", list(RunFilter.builder().state(RunState.QUEUED))));
        return questions.entrySet().stream()
                .map(question -> DynamicTest.dynamicTest(question.getKey(), () -> check(question.getValue())));
    }

    private static Consumer<RunReader> list(RunFilter.Builder filter) {
        return runs -> runs.list(filter.build(), PAGE);
    }

    private void check(Consumer<RunReader> question) throws SQLException {
        asked.clear();
        question.accept(JdbiUnit.view(handle, SqliteSyntax.ONE, () -> NOW).runs());
        assertThat(asked).isNotEmpty();
        for (String sql : asked) {
            List<String> plan = plan(sql);
            assertThat(plan).as(sql).noneMatch(QueryPlansTest::readsThemAll);
        }
    }

    private static boolean readsThemAll(String step) {
        String[] words = step.split(" ");
        boolean scans = words[0].equals("SCAN") && (words[1].equals("run") || words[1].equals("run_tool"));
        boolean isShort = SHORT.contains(words[words.length - 1]);
        return scans && !isShort;
    }

    private List<String> plan(String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain query plan " + sql)) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }
}
