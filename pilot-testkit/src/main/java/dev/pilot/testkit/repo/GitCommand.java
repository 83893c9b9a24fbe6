package dev.pilot.testkit.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the {@code git} command in a directory, without anybody's configuration: what a person or an agent does to a repository, as
 * seen by an adapter. Threads may share it.
 */
public final class GitCommand {
    private final Path directory;

    /**
     * Makes one.
     *
     * @param directory where the command runs; made where it is missing
     */
    public GitCommand(Path directory) {
        try {
            this.directory = Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test, visibly, on a machine without the command. */
    public static void assumeInstalled() {
        assumeTrue(Installed.FOUND, "the git command is not installed");
    }

    /** Asked for once: to start a program takes longer than most of what a test does with it. */
    private static final class Installed {
        static final boolean FOUND = find();

        private static boolean find() {
            try {
                return new ProcessBuilder("git", "--version")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * Where the command runs.
     *
     * @return the directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * Runs it.
     *
     * @param arguments what follows {@code git}
     * @return what it printed to its standard output, without the last line's end
     * @throws AssertionError if it fails; with what it printed
     */
    public String run(String... arguments) {
        return run(new byte[0], arguments);
    }

    /**
     * Runs it with something on its standard input.
     *
     * @param input what it reads
     * @param arguments what follows {@code git}
     * @return what it printed to its standard output, without the last line's end
     * @throws AssertionError if it fails; with what it printed
     */
    public String run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.putAll(Map.of(
                "HOME", directory.toString(),
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_TERMINAL_PROMPT", "0",
                "LC_ALL", "C.UTF-8"));
        try {
            Path errors = Files.createTempFile("git", ".err");
            try {
                Process process = builder.redirectError(errors.toFile()).start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input);
                } catch (IOException e) {
                    // it ended without reading all of it; the exit code says whether that is a failure
                }
                String output = new String(process.getInputStream().readAllBytes(), UTF_8);
                if (process.waitFor() != 0) {
                    throw new AssertionError(command + " failed: " + output + Files.readString(errors));
                }
                return output.stripTrailing();
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
