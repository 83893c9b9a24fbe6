package dev.pilot.api.run;

import dev.pilot.api.access.SecretRedactor;
import java.util.Map;

/** Makes runners of one kind, and the command runner where it has one; found by {@link java.util.ServiceLoader}. */
public interface RunnerProvider {
    /**
     * Which kind of runs its runners carry out.
     *
     * @return the kind
     */
    RunnerKind kind();

    /**
     * Makes a runner.
     *
     * @param redactor redacts what the work prints
     * @param environment this process's own variables, of which the work sees only what is allowed
     * @return the runner, to be closed by the caller
     */
    RunnerAdapter runner(SecretRedactor redactor, Map<String, String> environment);

    /**
     * Makes a command runner.
     *
     * @param redactor redacts what commands print
     * @param environment this process's own variables, of which commands see only the usual few
     * @return the command runner
     */
    CommandRunner commands(SecretRedactor redactor, Map<String, String> environment);
}
