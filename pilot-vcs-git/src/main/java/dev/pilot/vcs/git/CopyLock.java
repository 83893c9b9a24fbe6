package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The right to change one copy: one holder at a time in this JVM, and one process at a time by a lock on the file
 * {@code .name.lock} beside the copy, which the operating system gives up when its holder dies.
 *
 * <p>So whoever holds it knows that nobody else is at work in the copy, and that git's own {@code *.lock} files and half-written
 * packs in there were left by a process that was killed. They are removed whenever the last holder was another process: the lock
 * file names it.
 */
final class CopyLock implements AutoCloseable {
    private final DirectoryLock local;
    private final FileChannel channel;

    private CopyLock(DirectoryLock local, FileChannel channel) {
        this.local = local;
        this.channel = channel;
    }

    /** Waits for the copy in this directory, which need not exist. */
    static CopyLock take(Path directory) throws IOException {
        DirectoryLock local = DirectoryLock.take(directory);
        try {
            FileChannel channel = FileChannel.open(
                    Siblings.named(local.directory(), "lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                channel.lock(); // given up with the channel
                becomeHolder(channel, local.directory());
                return new CopyLock(local, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (OverlappingFileLockException e) {
            local.close();
            throw new Unavailable(
                    "repository-busy",
                    "Another copy of this library in the same JVM works on " + directory + ": try again.",
                    e);
        } catch (FileLockInterruptionException e) {
            local.close();
            throw (IOException) new InterruptedIOException("Interrupted while waiting for " + directory).initCause(e);
        } catch (IOException | RuntimeException e) {
            local.close();
            throw e;
        }
    }

    private static void becomeHolder(FileChannel channel, Path directory) throws IOException {
        ByteBuffer mine = UTF_8.encode(Siblings.THIS_PROCESS);
        ByteBuffer last = ByteBuffer.allocate(mine.remaining());
        channel.read(last, 0);
        if (last.flip().equals(mine)) {
            return;
        }
        Siblings.sweep(directory);
        sweepCopy(directory);
        channel.truncate(0);
        channel.write(mine, 0);
    }

    private static void sweepCopy(Path copy) throws IOException {
        if (!Copy.isOne(copy)) {
            return;
        }
        deleteMatching(copy, 1, "*.lock");
        deleteMatching(copy.resolve("refs"), Integer.MAX_VALUE, "*.lock");
        deleteMatching(copy.resolve("objects"), 2, "{incoming_*,noz*.tmp,gc_*_tmp,*.lock}");
        deleteMatching(copy.resolve("objects/pack"), 1, "*.keep");
    }

    private static void deleteMatching(Path root, int depth, String glob) throws IOException {
        var matcher = root.getFileSystem().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.find(
                root, depth, (path, attributes) -> attributes.isRegularFile() && matcher.matches(path.getFileName()))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The copy's directory. */
    Path directory() {
        return local.directory();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            local.close();
        }
    }
}
