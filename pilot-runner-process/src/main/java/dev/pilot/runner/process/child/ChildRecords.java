package dev.pilot.runner.process.child;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.value.Registration;
import dev.pilot.runner.process.child.ProcessTable.Entry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * One small file per running child, so that whoever comes after a killed parent knows what it left behind. It is written before
 * the child starts: a parent killed in between leaves a file without a child, never a child without a file.
 */
final class ChildRecords {
    private static final String SUFFIX = ".process";

    private final Path directory;
    private final ProcessTable table;

    ChildRecords(Path directory, ProcessTable table) {
        this.directory = directory;
        this.table = table;
    }

    /**
     * What a file says.
     *
     * @param file the file
     * @param owner the parent's number
     * @param ownerStart when the parent started, as {@link Entry#start}
     * @param cookie the child's cookie
     * @param child the child's number, or 0 if the parent was killed before it knew
     * @param childStart when the child started
     */
    record Kept(Path file, long owner, long ownerStart, Cookie cookie, long child, long childStart) {}

    /** Writes a child's file. */
    Open keep(Cookie cookie) {
        Path file = directory.resolve(cookie.random() + SUFFIX);
        Entry self = table.find(ProcessHandle.current().pid());
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    file, line("owner", self) + "cookie " + cookie.value() + "\n", StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new Unavailable("process-record", "cannot write " + file + ": " + e.getMessage(), e);
        }
        return new Open(file);
    }

    private static String line(String name, @Nullable Entry entry) {
        return entry == null ? name + " 0 0\n" : name + " " + entry.pid() + " " + entry.start() + "\n";
    }

    /** A running child's file. */
    static final class Open implements Registration {
        private final Path file;

        private Open(Path file) {
            this.file = file;
        }

        /** Adds who the child is. */
        void started(@Nullable Entry child) {
            try {
                Files.writeString(file, line("child", child), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new Unavailable("process-record", "cannot write " + file + ": " + e.getMessage(), e);
            }
        }

        /** Removes it: the child has ended. */
        @Override
        public void close() {
            delete(file);
        }
    }

    /** The files of parents that live no more. */
    List<Kept> orphaned() {
        List<Kept> orphaned = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return orphaned;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                Kept kept = read(file);
                if (kept != null && !lives(kept)) {
                    orphaned.add(kept);
                }
            }
        } catch (IOException e) {
            throw new Unavailable("process-record", "cannot read " + directory + ": " + e.getMessage(), e);
        }
        return orphaned;
    }

    private boolean lives(Kept kept) {
        Entry now = table.find(kept.owner());
        return now != null && now.start() == kept.ownerStart() && !now.ended();
    }

    /** Null if the file has gone meanwhile, or its parent was killed before it had written anything: then no child started. */
    private static @Nullable Kept read(Path file) throws IOException {
        long[] owner = {0, 0};
        long[] child = {0, 0};
        String cookie = "";
        try (Scanner words = new Scanner(Files.readString(file))) {
            while (words.hasNext()) {
                switch (words.next()) {
                    case "owner" -> owner = numbers(words);
                    case "child" -> child = numbers(words);
                    case "cookie" -> cookie = words.hasNext() ? words.next() : "";
                    default -> cookie = "";
                }
            }
        } catch (NoSuchFileException endedMeanwhile) {
            return null;
        }
        return cookie.isEmpty() ? null : new Kept(file, owner[0], owner[1], new Cookie(cookie), child[0], child[1]);
    }

    private static long[] numbers(Scanner words) {
        return new long[] {words.hasNextLong() ? words.nextLong() : 0, words.hasNextLong() ? words.nextLong() : 0};
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Unavailable("process-record", "cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
