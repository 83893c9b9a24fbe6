package dev.pilot.vcs.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One at a time per directory, in this JVM. */
final class DirectoryLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, Slot> SLOTS = new ConcurrentHashMap<>();

    private final Path directory;
    private final Slot slot;

    private DirectoryLock(Path directory, Slot slot) {
        this.directory = directory;
        this.slot = slot;
    }

    /** Waits for the directory, which need not exist; its parent is made. */
    static DirectoryLock take(Path directory) throws IOException {
        Path path = canonical(directory);
        Slot slot = SLOTS.compute(path, (key, present) -> {
            Slot taken = present == null ? new Slot() : present;
            taken.users++;
            return taken;
        });
        slot.lock.lock();
        return new DirectoryLock(path, slot);
    }

    /** The one name of a directory, however it was reached. */
    private static Path canonical(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            throw new IOException("The root of a file system can't hold a repository: " + directory);
        }
        return Files.createDirectories(parent).toRealPath().resolve(name);
    }

    /** The directory that is locked, under its one name. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        slot.lock.unlock();
        SLOTS.computeIfPresent(directory, (key, present) -> --present.users == 0 ? null : present);
    }

    /** How many hold or wait; changed only inside the map's compute. */
    private static final class Slot {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }
}
