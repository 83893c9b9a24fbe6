package dev.pilot.store.sqlite;

import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One hub per database: a lock on a file beside it, which the system lets go of when the process ends, however it ends. The database
 * file itself is never opened here: closing it would drop SQLite's own locks.
 */
final class DirectoryLock implements AutoCloseable {
    /** A file lock is the whole JVM's, so two hubs in one JVM are told apart here. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(Path database) {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        if (!HELD.add(file)) {
            throw inUse(database, null);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DirectoryLock(file, channel);
            }
            throw inUse(database, null);
        } catch (IOException e) {
            throw release(
                    file,
                    channel,
                    new Unavailable("store-access", "The lock " + file + " can't be taken: " + e.getMessage(), e));
        } catch (OverlappingFileLockException e) {
            throw release(file, channel, inUse(database, e));
        } catch (Unavailable e) {
            throw release(file, channel, e);
        }
    }

    private static Unavailable release(Path file, @Nullable FileChannel channel, Unavailable failure) {
        HELD.remove(file);
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private static Unavailable inUse(Path database, @Nullable Throwable cause) {
        return new Unavailable(
                "data-directory-in-use",
                "Another hub uses " + database.getParent() + ": end it, or give this one a data directory of its own.",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Unavailable("store-io", "The lock " + file + " can't be let go of: " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }
}
