package dev.pilot.runner.process.child;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code /proc}. */
final class LinuxProcessTable implements ProcessTable {
    /** Which fields, counted from behind the program's name in {@code stat}, are what. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** How often to look at an environment that is empty: for a moment it is, while a process changes its program. */
    private static final int EXEC_LOOKS = 20;

    private final Path proc;

    LinuxProcessTable(Path proc) {
        this.proc = proc;
    }

    @Override
    public List<Entry> list() {
        String[] names = proc.toFile().list();
        List<Entry> entries = new ArrayList<>();
        for (String name : names == null ? new String[0] : names) {
            char first = name.charAt(0);
            if (first >= '1' && first <= '9') {
                Entry entry = find(Long.parseLong(name));
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    @Override
    public @Nullable Entry find(long pid) {
        byte[] stat = read(pid, "stat");
        if (stat == null || stat.length == 0) {
            return null;
        }
        // the name is the program's own choice and may hold blanks and brackets: the last one closes it
        String text = new String(stat, StandardCharsets.ISO_8859_1);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        String state = fields[STATE];
        return new Entry(
                pid,
                Long.parseLong(fields[PARENT]),
                Long.parseLong(fields[SESSION]),
                Long.parseLong(fields[START]),
                state.equals("Z") || state.equals("X"));
    }

    @Override
    public boolean carries(Entry process, Cookie cookie) {
        byte[] environment = read(process.pid(), "environ");
        for (int i = 0;
                i < EXEC_LOOKS && environment != null && environment.length == 0 && process.session() != 0;
                i++) {
            Thread.onSpinWait();
            environment = read(process.pid(), "environ");
        }
        return environment != null && cookie.isIn(environment);
    }

    /** A file of a process; null if the process has gone meanwhile or is somebody else's. */
    private byte @Nullable [] read(long pid, String file) {
        try (FileInputStream in = new FileInputStream(proc + "/" + pid + "/" + file)) {
            return in.readAllBytes();
        } catch (IOException goneOrForeign) {
            return null;
        }
    }
}
