package dev.pilot.runner.process.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.RunnerProvider;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes runners that start processes.
 *
 * <p>Of this process's own variables it reads {@code PILOT_STATE_DIR}: the directory where it notes what runs, so that the next one
 * ends what a killed one left running. Without it nothing is noted.
 *
 * <p>A run's command sees these variables, later ones winning, and no others:
 *
 * <ol>
 *   <li>the usual few of the worker's own: {@code PATH HOME USER LOGNAME SHELL LANG LANGUAGE LC_* TZ TMPDIR JAVA_HOME} (and on Windows
 *       {@code PATHEXT COMSPEC SYSTEMROOT TEMP TMP USERPROFILE}), with {@code TERM=dumb};
 *   <li>those of the worker's own that the profile names, but none that begins with {@code PILOT_};
 *   <li>the profile's, then the task's;
 *   <li>{@code PILOT_RUN_ID}, {@code PILOT_ATTEMPT}, {@code PILOT_PROJECT_ID}, {@code PILOT_SCRATCH} (a directory for files that are no
 *       part of the result), {@code PILOT_GOAL_FILE}; and where there is such a thing {@code PILOT_TASK_ID}, {@code PILOT_BRANCH},
 *       {@code PILOT_MODEL}, {@code PILOT_FEEDBACK_FILE} (the reviewer's words on the previous attempt),
 *       {@code PILOT_PREVIOUS_DIFF_FILE}, {@code PILOT_INPUTS_FILE} (JSON), {@code PILOT_SYSTEM_PROMPT_FILE};
 *   <li>{@code PILOT_COOKIE}, by which all that the command starts is found when it is to be ended.
 * </ol>
 *
 * A single command, such as a gate, sees the usual few, what its specification sets, and the cookie.
 */
public final class ProcessRunnerProvider implements RunnerProvider {
    /** Names the directory where it is noted what runs. */
    public static final String STATE_DIRECTORY = "PILOT_STATE_DIR";

    /** Makes a provider; for {@link java.util.ServiceLoader}. */
    public ProcessRunnerProvider() {}

    @Override
    public RunnerKind kind() {
        return RunnerKind.PROCESS;
    }

    @Override
    public RunnerAdapter runner(SecretRedactor redactor, Map<String, String> environment) {
        return new ProcessRunnerAdapter(redactor, environment, config(environment));
    }

    @Override
    public CommandRunner commands(SecretRedactor redactor, Map<String, String> environment) {
        return new ProcessCommandRunner(redactor, environment, config(environment));
    }

    private static ProcessRunnerConfig config(Map<String, String> environment) {
        String directory = environment.getOrDefault(STATE_DIRECTORY, "");
        return directory.isBlank()
                ? ProcessRunnerConfig.DEFAULT
                : ProcessRunnerConfig.DEFAULT.withStateDirectory(Path.of(directory));
    }
}
