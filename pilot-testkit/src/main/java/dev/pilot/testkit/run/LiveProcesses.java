package dev.pilot.testkit.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Processes of this machine, as tests of runners see them. */
public final class LiveProcesses {
    /** How long a test waits for what should be quick: long enough for a machine under load. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private LiveProcesses() {}

    /**
     * Whether a process runs. One that has ended and that its parent has not noticed yet doesn't, though Java says that it lives.
     *
     * @param pid its number
     * @return true if it runs
     */
    public static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie(pid);
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException goneOrNoSuchSystem) {
            return false;
        }
    }

    /**
     * Waits for a file into which a process writes its number.
     *
     * @param file the file
     * @return the number
     */
    public static long pid(Path file) {
        return Long.parseLong(content(file).strip());
    }

    /**
     * Waits for a file with a whole line in it.
     *
     * @param file the file
     * @return its content
     */
    public static String content(Path file) {
        Awaitility.await("a line in " + file)
                .atMost(PATIENCE)
                .until(() -> read(file).endsWith("\n"));
        return read(file);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException notYet) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
