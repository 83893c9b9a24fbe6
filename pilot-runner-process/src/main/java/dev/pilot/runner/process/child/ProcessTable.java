package dev.pilot.runner.process.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs on this machine. Threads may share it. */
interface ProcessTable {
    /**
     * A process as it was when looked at.
     *
     * @param pid its number, which another process may get once it has ended
     * @param parent its parent's number
     * @param session its session's number, or 0 if unknown
     * @param start when it started, in units of the system's own: with the number, it means one process for ever
     * @param ended whether it has ended and only waits for its parent to notice
     */
    record Entry(long pid, long parent, long session, long start, boolean ended) {
        boolean isSame(@Nullable Entry other) {
            return other != null && pid == other.pid && start == other.start;
        }
    }

    /** All processes that can be seen. */
    List<Entry> list();

    /** One process, or null if there is none of that number. */
    @Nullable
    Entry find(long pid);

    /** Whether a process carries a cookie; false where that can't be seen. */
    boolean carries(Entry process, Cookie cookie);

    /** The table of this machine: out of {@code /proc} where there is one, else what Java knows. */
    static ProcessTable ofThisMachine() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) && Files.isReadable(proc.resolve("self/environ"))
                ? new LinuxProcessTable(proc)
                : new PortableProcessTable();
    }
}
