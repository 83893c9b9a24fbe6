package dev.pilot.runner.process.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.CommandResult;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.CommandSpec;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.runner.process.child.ChildProcesses;
import dev.pilot.runner.process.child.ChildSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Runs single commands to their end. Threads may share it. Both outputs are one, in the order printed; nothing is on the standard
 * input. Of a command that could not be started, the output says why.
 */
public final class ProcessCommandRunner implements CommandRunner, AutoCloseable {
    private final WorkerEnvironment environment;
    private final ProcessRunnerConfig config;
    private final ChildProcesses children;

    /**
     * Makes one; what a killed one with the same state directory left running is ended first.
     *
     * @param redactor redacts what commands print
     * @param environment this process's own variables, of which commands see only the usual few
     * @param config the configuration
     * @throws dev.pilot.api.error.Unavailable if the state directory can't be read or written
     */
    public ProcessCommandRunner(SecretRedactor redactor, Map<String, String> environment, ProcessRunnerConfig config) {
        this.environment = new WorkerEnvironment(environment);
        this.config = requireNonNull(config, "config");
        this.children = new ChildProcesses(redactor, environment, config.stateDirectory(), config.limits());
    }

    @Override
    public CommandResult run(CommandSpec spec) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the command was started");
        }
        Map<String, String> variables = environment.usual();
        variables.putAll(spec.environment());
        Tail tail = new Tail(spec.outputLimit());
        ChildSpec child = new ChildSpec(
                "command",
                spec.command(),
                spec.directory(),
                variables,
                null,
                true,
                spec.timeout(),
                config.maxOutputBytes());
        RunnerResult result = await(children.start(child, (stream, bytes) -> tail.write(bytes)));
        boolean isUntold = result.end() == RunnerResult.End.NOT_STARTED || result.end() == RunnerResult.End.BROKEN;
        String output = isUntold ? tail.text() + result.message() : tail.text();
        return new CommandResult(result.end(), result.exitCode(), output, tail.isTruncated(), result.wall());
    }

    private RunnerResult await(Work work) throws InterruptedException {
        CompletableFuture<RunnerResult> result = work.result().toCompletableFuture();
        try {
            return result.get();
        } catch (InterruptedException e) {
            work.cancel(config.limits().grace());
            result.join();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a result always completes normally", e);
        }
    }

    /** Cancels all that runs and waits for its end. */
    @Override
    public void close() {
        children.close();
    }
}
