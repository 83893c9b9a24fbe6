package dev.pilot.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.api.run.RunnerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Promises 1 and 3: how work begins, what the command is told and what it sees, and that a failed start is a result. */
abstract class RunnerStartContract extends RunnerStage {
    private static final String GOAL = "two lines\nand 'quotes' \"of\" both, $HOME, ünïcode; and a rest ";

    @Test
    void startReturnsWhileTheWorkGoesOn() {
        Work work = adapter().start(task(script("sleep 1000")), new RecordingSink());

        assertThat(work.result().toCompletableFuture()).isNotDone();
        work.cancel(Duration.ZERO);
        assertThat(result(work).end()).isEqualTo(End.CANCELLED);
    }

    @Test
    void theGoalIsTheLastArgumentAndNoShellTouchesIt() {
        assertThat(told(List.of("printf", "%s|%s", "$0"), GoalVia.ARGUMENT, GOAL))
                .isEqualTo("$0|" + GOAL);
    }

    @Test
    void theGoalIsOnStandardInput() {
        assertThat(told(List.of("cat"), GoalVia.STDIN, GOAL.repeat(5_000))).isEqualTo(GOAL.repeat(5_000));
    }

    @Test
    void theGoalIsInTheFileThatAVariableNames() {
        assertThat(told(List.of("sh", "-c", "cat \"$PILOT_GOAL_FILE\""), GoalVia.FILE, GOAL))
                .isEqualTo(GOAL);
    }

    @Test
    void theGoalsFileIsThereInTheOtherModesToo() {
        assertThat(told(List.of("sh", "-c", "cat \"$PILOT_GOAL_FILE\""), GoalVia.STDIN, GOAL))
                .isEqualTo(GOAL);
        assertThat(told(List.of("sh", "-c", "cat \"$PILOT_GOAL_FILE\""), GoalVia.ARGUMENT, GOAL))
                .isEqualTo(GOAL);
    }

    @Test
    void aCommandNeedNotReadItsInput() {
        String much = "much to read ".repeat(100_000);
        assertThat(told(List.of("sh", "-c", "echo done"), GoalVia.STDIN, much)).isEqualTo("done\n");
        assertThat(told(List.of("sh", "-c", "exec 0<&-; echo closed"), GoalVia.STDIN, much))
                .isEqualTo("closed\n");
    }

    @Test
    void standardInputIsEmptyWhereTheGoalIsElsewhere() {
        assertThat(told(List.of("sh", "-c", "cat; echo end"), GoalVia.FILE, GOAL))
                .isEqualTo("end\n");
    }

    @Test
    void itWorksInTheTasksDirectory() throws IOException {
        RecordingSink sink = new RecordingSink();
        assertThat(finish(script("pwd -P; echo made > here"), sink).isSuccess()).isTrue();

        assertThat(sink.text()).isEqualTo(work().toRealPath() + "\n");
        assertThat(work().resolve("here")).hasContent("made\n");
    }

    @Test
    void aRelativeProgramIsFoundInTheTasksDirectory() throws IOException {
        program(Files.createDirectories(work()).resolve("tool"), "#!/bin/sh\necho \"tool $1\"\n");

        assertThat(told(List.of("./tool"), GoalVia.ARGUMENT, "now")).isEqualTo("tool now\n");
    }

    @Test
    void theProfilesPathSaysWhereProgramsAreFound() throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        program(bin.resolve("own-tool"), "#!/bin/sh\necho own\n");
        Run run = run(List.of("own-tool"), profile -> profile.environment(Map.of("PATH", bin + ":/usr/bin:/bin")));
        RecordingSink sink = new RecordingSink();

        assertThat(finish(run, sink).isSuccess()).isTrue();
        assertThat(sink.text()).isEqualTo("own\n");
    }

    @Test
    void itSeesNoVariableThatIsNotAllowed() {
        assertThat(environment(profile -> profile, Map.of()))
                .contains("PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/home/of-the-worker", "LANG=C")
                .noneMatch(line -> line.contains("CANARY") || line.contains("must-not-be-seen"))
                .noneMatch(line -> line.startsWith("ALLOWED="));
    }

    @Test
    void itSeesWhatTheProfilePassesAndSetsAndWhatTheTaskSets() {
        List<String> seen = environment(
                profile -> profile.passEnvironment(List.of("ALLOWED", "ABSENT"))
                        .environment(Map.of("ONE", "profile", "TWO", "profile")),
                Map.of("TWO", "task", "THREE", "with = and\ttab"));

        assertThat(seen).contains("ALLOWED=may be seen", "ONE=profile", "TWO=task", "THREE=with = and\ttab");
        assertThat(seen).noneMatch(line -> line.startsWith("ABSENT"));
    }

    @Test
    void aCommandThatDoesNotExistIsAResultThatNamesIt() {
        assertNotStarted(
                finish(run(List.of("no-such-command-here", "x"), profile -> profile), new RecordingSink()),
                "no-such-command-here");
        assertNotStarted(
                finish(run(List.of("./no/such/file"), profile -> profile), new RecordingSink()), "./no/such/file");
    }

    @Test
    void aProgramThatMayNotBeExecutedIsAResultThatNamesIt() throws IOException {
        Files.writeString(Files.createDirectories(work()).resolve("data.txt"), "no program");

        assertNotStarted(finish(run(List.of("./data.txt"), profile -> profile), new RecordingSink()), "./data.txt");
    }

    @Test
    void aDirectoryThatDoesNotExistIsAResultThatNamesIt() {
        RunnerTask task =
                new RunnerTask(script("true"), home.resolve("nowhere"), home.resolve("scratch"), Map.of(), null);

        assertNotStarted(result(adapter().start(task, new RecordingSink())), "nowhere");
    }

    private static void assertNotStarted(RunnerResult result, String named) {
        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.exitCode()).isNull();
        assertThat(result.message()).contains(named);
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String told(List<String> command, GoalVia goalVia, String goal) {
        Run run = run(command, profile -> profile.goalVia(goalVia)).toBuilder()
                .goal(goal)
                .build();
        RecordingSink sink = new RecordingSink();
        assertThat(finish(run, sink)).matches(RunnerResult::isSuccess);
        return sink.text();
    }

    private List<String> environment(UnaryOperator<RunProfile.Builder> profile, Map<String, String> task) {
        Run run = run(List.of("env"), builder -> profile.apply(builder.goalVia(GoalVia.FILE)));
        RecordingSink sink = new RecordingSink();
        assertThat(result(adapter().start(task(run, task), sink))).matches(RunnerResult::isSuccess);
        return sink.text().lines().toList();
    }
}
