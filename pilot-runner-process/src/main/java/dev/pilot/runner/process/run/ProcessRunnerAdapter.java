package dev.pilot.runner.process.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.BudgetRule;
import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.OutputFormat;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.RunnerTask;
import dev.pilot.runner.process.child.ChildOutput;
import dev.pilot.runner.process.child.ChildProcesses;
import dev.pilot.runner.process.child.ChildSpec;
import dev.pilot.runner.process.child.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a profile's command in the run's directory. Threads may share it. What the command is told: {@link ProcessRunnerProvider}. */
public final class ProcessRunnerAdapter implements RunnerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessRunnerAdapter.class);

    private final SecretRedactor redactor;
    private final WorkerEnvironment environment;
    private final ProcessRunnerConfig config;
    private final ChildProcesses children;

    /**
     * Makes one; what a killed one with the same state directory left running is ended first.
     *
     * @param redactor redacts what commands print
     * @param environment this process's own variables, of which commands see only what is allowed
     * @param config the configuration
     * @throws dev.pilot.api.error.Unavailable if the state directory can't be read or written
     */
    public ProcessRunnerAdapter(SecretRedactor redactor, Map<String, String> environment, ProcessRunnerConfig config) {
        this.redactor = requireNonNull(redactor, "redactor");
        this.environment = new WorkerEnvironment(environment);
        this.config = requireNonNull(config, "config");
        this.children = new ChildProcesses(redactor, environment, config.stateDirectory(), config.limits());
    }

    @Override
    public RunnerKind kind() {
        return RunnerKind.PROCESS;
    }

    @Override
    public Work start(RunnerTask task, RunnerSink sink) {
        Run run = task.run();
        if (run.profile().command().isEmpty()) {
            return new Ended(End.NOT_STARTED, "the run's profile names no command: set profile.command");
        }
        try {
            return children.start(spec(task), output(run, sink));
        } catch (IOException e) {
            LOG.warn("the files of run {} could not be written", run.id(), e);
            String problem = "the run's files could not be written to " + task.scratch() + ": " + e.getMessage();
            return new Ended(End.BROKEN, redactor.redact(problem));
        }
    }

    private ChildSpec spec(RunnerTask task) throws IOException {
        Run run = task.run();
        RunProfile profile = run.profile();
        Map<String, String> variables = environment.usual();
        environment.pass(profile.passEnvironment(), variables, redactor);
        variables.putAll(profile.environment());
        variables.putAll(task.environment());
        RunFiles.write(task, variables);
        List<String> command = new ArrayList<>(profile.command());
        if (profile.goalVia() == GoalVia.ARGUMENT) {
            command.add(run.goal());
        }
        return new ChildSpec(
                run.id() + ":" + run.attempt(),
                command,
                task.directory(),
                variables,
                profile.goalVia() == GoalVia.STDIN ? run.goal().getBytes(StandardCharsets.UTF_8) : null,
                false,
                wall(run),
                outputBytes(run));
    }

    /** The budget is for all attempts together; where somebody is to be asked, the hub does that, and the command goes on. */
    private static @Nullable Duration wall(Run run) {
        Duration budget = run.budget().wall();
        if (budget == null || run.policy().onBudget() == BudgetRule.INTERRUPT) {
            return null;
        }
        Duration left = budget.minusMillis(run.usage().wallMillis());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private long outputBytes(Run run) {
        Long budget = run.policy().onBudget() == BudgetRule.INTERRUPT
                ? null
                : run.budget().outputBytes();
        long left = budget == null
                ? Long.MAX_VALUE
                : Math.max(0, budget - run.usage().outputBytes());
        return Math.min(left, config.maxOutputBytes());
    }

    private ChildOutput output(Run run, RunnerSink sink) {
        return run.profile().outputFormat() == OutputFormat.JSON_LINES
                ? new ReportingOutput(sink, new Reports(run.id(), redactor, sink))
                : sink::output;
    }

    @Override
    public void close() {
        children.close();
    }
}
