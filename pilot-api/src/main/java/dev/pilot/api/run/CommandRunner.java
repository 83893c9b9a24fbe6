package dev.pilot.api.run;

/**
 * Port: runs one command to its end, as gates and checks need it. Threads may share it; calls block until the command and all that
 * it started have ended.
 */
@FunctionalInterface
public interface CommandRunner {
    /**
     * Runs a command.
     *
     * @param spec the command
     * @return how it ended; that it doesn't exist or took too long is a result
     * @throws InterruptedException if the thread was interrupted; the command is ended first
     */
    CommandResult run(CommandSpec spec) throws InterruptedException;
}
