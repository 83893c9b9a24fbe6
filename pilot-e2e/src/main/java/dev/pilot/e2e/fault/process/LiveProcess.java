package dev.pilot.e2e.fault.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes that are not this one's children. */
public final class LiveProcess {
    private LiveProcess() {}

    /**
     * Whether there is one that goes on; one that has ended and was not yet asked about does not.
     *
     * @param pid its id
     * @return true if it goes on
     */
    public static boolean isAlive(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            if (Files.exists(stat)) {
                String text = Files.readString(stat);
                return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
            }
        } catch (IOException ended) {
            return false;
        }
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
