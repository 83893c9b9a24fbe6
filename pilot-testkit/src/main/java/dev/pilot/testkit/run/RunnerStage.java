package dev.pilot.testkit.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerTask;
import dev.pilot.testkit.access.LiteralRedactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the parts of the runner's contract share: a runner, a directory to work in, and ways to say what is to be done. */
abstract class RunnerStage {
    /** A value that the redactor knows. */
    static final String SECRET = "tell-nobody-4711";

    static final Duration LONG = Duration.ofMinutes(10);
    static final Duration SHORT = Duration.ofMillis(200);

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path home;

    private RunnerAdapter adapter;

    /** Makes the runner under test. */
    abstract RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment);

    @BeforeEach
    final void openAdapter() {
        adapter = open(new LiteralRedactor(SECRET), workerEnvironment());
    }

    @AfterEach
    final void closeAdapter() {
        adapter.close();
    }

    /** The worker's own variables in these tests. */
    static Map<String, String> workerEnvironment() {
        return Map.of(
                "PATH", "/usr/local/bin:/usr/bin:/bin",
                "HOME", "/home/of-the-worker",
                "LANG", "C",
                "CANARY", "must-not-be-seen",
                "ALLOWED", "may be seen");
    }

    final RunnerAdapter adapter() {
        return adapter;
    }

    /** A run of a shell script, which is told its goal in a file. */
    static Run script(String script) {
        return run(List.of("sh", "-c", script), profile -> profile.goalVia(GoalVia.FILE));
    }

    static Run run(List<String> command, UnaryOperator<RunProfile.Builder> profile) {
        return Run.builder()
                .id(new RunId("run_1"))
                .projectId(new ProjectId("prj_1"))
                .goal("the goal")
                .profile(profile.apply(RunProfile.builder().command(command)).build())
                .state(RunState.RUNNING)
                .attempt(1)
                .createdAt(THEN)
                .updatedAt(THEN)
                .build();
    }

    static Run within(Run run, UnaryOperator<Budget.Builder> budget) {
        return run.toBuilder().budget(budget.apply(Budget.builder()).build()).build();
    }

    final RunnerTask task(Run run) {
        return task(run, Map.of());
    }

    final RunnerTask task(Run run, Map<String, String> environment) {
        try {
            Path directory = Files.createDirectories(home.resolve("work"));
            Path scratch = Files.createDirectories(home.resolve("scratch"));
            return new RunnerTask(run, directory, scratch, new HashMap<>(environment), null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    final Path work() {
        return home.resolve("work");
    }

    final RunnerResult finish(Run run, RecordingSink sink) {
        return result(adapter.start(task(run), sink));
    }

    static RunnerResult result(Work work) {
        try {
            return work.result().toCompletableFuture().get(LiveProcesses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no result", e);
        }
    }
}
