package dev.pilot.runner.process.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.testkit.run.RunnerAdapterContract;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Processes keep a runner's promises. */
class ProcessRunnerAdapterTest extends RunnerAdapterContract {
    @TempDir
    Path state;

    @Override
    protected RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment) {
        return new ProcessRunnerAdapter(redactor, environment, ProcessRunnerConfig.DEFAULT.withStateDirectory(state));
    }
}
