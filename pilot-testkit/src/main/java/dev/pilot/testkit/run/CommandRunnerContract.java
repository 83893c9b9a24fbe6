package dev.pilot.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.CommandResult;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.CommandSpec;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.testkit.access.LiteralRedactor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link CommandRunner} promises, tried with real commands. */
@EnabledOnOs({OS.LINUX, OS.MAC})
public abstract class CommandRunnerContract {
    private static final int LIMIT = 64 * 1024;

    @TempDir
    Path home;

    private CommandRunner commands;

    /** For subclasses. */
    protected CommandRunnerContract() {}

    /**
     * Opens the command runner under test.
     *
     * @param redactor what it must redact with
     * @param environment what it must take for this process's own variables
     * @return a new command runner
     */
    protected abstract CommandRunner open(SecretRedactor redactor, Map<String, String> environment);

    @BeforeEach
    final void openCommands() {
        commands = open(new LiteralRedactor(RunnerStage.SECRET), RunnerStage.workerEnvironment());
    }

    @Test
    void aCommandsExitCodeAndOutputAreKept() throws InterruptedException {
        CommandResult good = run("echo hello");
        assertThat(good).matches(CommandResult::isSuccess);
        assertThat(good.output()).isEqualTo("hello\n");
        assertThat(good.truncated()).isFalse();
        assertThat(good.duration()).isPositive();

        CommandResult bad = run("echo broken >&2; exit 7");
        assertThat(bad.exitCode()).isEqualTo(7);
        assertThat(bad.isSuccess()).isFalse();
        assertThat(bad.output()).isEqualTo("broken\n");
    }

    @Test
    void bothOutputsAreOneInTheOrderPrinted() throws InterruptedException {
        assertThat(run("for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done")
                        .output())
                .isEqualTo("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nout 4\nerr 4\nout 5\nerr 5\n");
    }

    @Test
    void theEndOfALongOutputIsKept() throws InterruptedException {
        CommandResult result = commands.run(spec("yes ä | head -c 300000; echo the end", LIMIT, RunnerStage.LONG));

        assertThat(result.truncated()).isTrue();
        assertThat(result.output()).endsWith("ä\nthe end\n").doesNotContain("\uFFFD");
        assertThat(result.output().getBytes(StandardCharsets.UTF_8).length).isBetween(LIMIT - 3, LIMIT);
    }

    @Test
    void anOutputOfExactlyTheLimitIsWhole() throws InterruptedException {
        assertThat(commands.run(spec("printf 12345", 5, RunnerStage.LONG)))
                .extracting(CommandResult::output, CommandResult::truncated)
                .containsExactly("12345", false);
        assertThat(commands.run(spec("printf 123456", 5, RunnerStage.LONG)))
                .extracting(CommandResult::output, CommandResult::truncated)
                .containsExactly("23456", true);
        assertThat(commands.run(spec("printf 1", 0, RunnerStage.LONG)))
                .extracting(CommandResult::output, CommandResult::truncated)
                .containsExactly("", true);
    }

    @Test
    void secretsAreRedacted() throws InterruptedException {
        assertThat(run("echo it is " + RunnerStage.SECRET).output()).isEqualTo("it is [redacted]\n");
    }

    @Test
    void aCommandSeesTheUsualVariablesAndItsOwn() throws InterruptedException {
        assertThat(run("env").output().lines())
                .contains("PATH=/usr/local/bin:/usr/bin:/bin", "OWN=variable")
                .noneMatch(line -> line.contains("CANARY") || line.startsWith("ALLOWED="));
    }

    @Test
    void itsInputIsEmptyAndItsDirectoryTheGivenOne() throws Exception {
        assertThat(run("cat; pwd -P").output()).isEqualTo(home.toRealPath() + "\n");
    }

    @Test
    void aCommandThatDoesNotExistIsAResultThatSaysSo() throws InterruptedException {
        CommandResult result =
                commands.run(new CommandSpec(List.of("no-such-command-here"), home, Map.of(), RunnerStage.LONG, LIMIT));

        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.exitCode()).isNull();
        assertThat(result.output()).contains("no-such-command-here");
    }

    @Test
    void aCommandThatTakesTooLongIsEndedAndItsOutputKept() throws InterruptedException {
        CommandResult result = commands.run(
                spec("echo so far; sh -c 'echo $$ > pid; exec sleep 1000'", LIMIT, Duration.ofMillis(500)));

        assertThat(result.end()).isEqualTo(End.WALL_LIMIT);
        assertThat(result.exitCode()).isNull();
        assertThat(result.output()).isEqualTo("so far\n");
        assertThat(LiveProcesses.runs(LiveProcesses.pid(home.resolve("pid")))).isFalse();
    }

    @Test
    void nothingItStartedRunsWhenItHasEnded() throws InterruptedException {
        CommandResult result = run("sh -c 'echo $$ > pid; exec sleep 1000' & echo done");

        assertThat(result).matches(CommandResult::isSuccess);
        assertThat(LiveProcesses.runs(LiveProcesses.pid(home.resolve("pid")))).isFalse();
    }

    @Test
    void anInterruptEndsTheCommandFirst() throws Exception {
        CompletableFuture<Boolean> ranOn = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                run("echo $$ > pid; sleep 1000 & wait");
            } catch (InterruptedException e) {
                ranOn.complete(LiveProcesses.runs(LiveProcesses.pid(home.resolve("pid"))));
            }
        });
        caller.start();
        LiveProcesses.pid(home.resolve("pid"));
        caller.interrupt();

        assertThat(ranOn.get(LiveProcesses.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void anInterruptedThreadStartsNothing() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run("echo never > made")).isInstanceOf(InterruptedException.class);
        assertThat(home.resolve("made")).doesNotExist();
    }

    @Test
    void threadsMayShareIt() throws Exception {
        List<FutureTask<CommandResult>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String script = "echo " + i + "; exit " + i;
            calls.add(new FutureTask<>(() -> run(script)));
        }
        calls.forEach(call -> new Thread(call).start());
        for (int i = 0; i < 12; i++) {
            CommandResult result = calls.get(i).get(LiveProcesses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(result.exitCode()).isEqualTo(i);
            assertThat(result.output()).isEqualTo(i + "\n");
        }
    }

    private CommandResult run(String script) throws InterruptedException {
        return commands.run(spec(script, LIMIT, RunnerStage.LONG));
    }

    private CommandSpec spec(String script, int limit, Duration timeout) {
        return new CommandSpec(List.of("sh", "-c", script), home, Map.of("OWN", "variable"), timeout, limit);
    }
}
