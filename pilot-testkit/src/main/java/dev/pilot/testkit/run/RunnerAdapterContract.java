package dev.pilot.testkit.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.RunnerAdapter;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What every {@link RunnerAdapter} that runs commands promises, tried with real processes. An adapter's test extends this and says how
 * to open one. The commands are shell scripts, so the contract needs a system that has {@code sh} and signals.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
public abstract class RunnerAdapterContract {
    /** For subclasses. */
    protected RunnerAdapterContract() {}

    /**
     * Opens the adapter under test; it is closed after each test.
     *
     * @param redactor what it must redact with
     * @param environment what it must take for this process's own variables
     * @return a new adapter
     */
    protected abstract RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment);

    /** How work begins, and what it is told. */
    @Nested
    class Starting extends RunnerStartContract {
        @Override
        RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment) {
            return RunnerAdapterContract.this.open(redactor, environment);
        }
    }

    /** What becomes of what it prints. */
    @Nested
    class Printing extends RunnerOutputContract {
        @Override
        RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment) {
            return RunnerAdapterContract.this.open(redactor, environment);
        }
    }

    /** What it reports in JSON lines. */
    @Nested
    class Reporting extends RunnerReportContract {
        @Override
        RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment) {
            return RunnerAdapterContract.this.open(redactor, environment);
        }
    }

    /** How it ends, and is ended. */
    @Nested
    class Ending extends RunnerEndContract {
        @Override
        RunnerAdapter open(SecretRedactor redactor, Map<String, String> environment) {
            return RunnerAdapterContract.this.open(redactor, environment);
        }
    }
}
