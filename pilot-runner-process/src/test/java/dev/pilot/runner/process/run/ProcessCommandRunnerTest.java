package dev.pilot.runner.process.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.CommandRunner;
import dev.pilot.testkit.run.CommandRunnerContract;
import java.util.Map;

/** Processes keep a command runner's promises. */
class ProcessCommandRunnerTest extends CommandRunnerContract {
    @Override
    protected CommandRunner open(SecretRedactor redactor, Map<String, String> environment) {
        return new ProcessCommandRunner(redactor, environment, ProcessRunnerConfig.DEFAULT);
    }
}
