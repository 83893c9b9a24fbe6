package dev.pilot.core.audit;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.AuditAnchor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The newest anchor once more, outside of the database: whoever takes the newest records and their anchors out of it can't take them out of
 * here. Hubs that share a store share the file. It never goes back.
 */
final class HeadFile {
    /** A lock on a file is the whole JVM's; two hubs in one take turns here first. */
    private static final Object TURN = new Object();

    private static final int PARTS = 7;

    private final Path file;

    HeadFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * What the file holds: nothing where it isn't there.
     *
     * @param anchor the anchor, which need not be the hub's; null where there is none
     * @param garbled what is wrong with the file; null if nothing is
     */
    record Head(@Nullable AuditAnchor anchor, @Nullable String garbled) {
        private static final Head NONE = new Head(null, null);
    }

    Path path() {
        return file;
    }

    Head read() {
        try {
            return Files.exists(file) ? parsed(Files.readAllBytes(file)) : Head.NONE;
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    private static Head parsed(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).strip().split(" ", -1);
        if (parts.length != PARTS) {
            return new Head(null, "has " + parts.length + " parts instead of " + PARTS);
        }
        try {
            return new Head(
                    new AuditAnchor(
                            Long.parseLong(parts[0]),
                            Long.parseLong(parts[1]),
                            parts[2],
                            Long.parseLong(parts[3]),
                            Long.parseLong(parts[4]),
                            parts[5].equals("-") ? "" : parts[5],
                            false,
                            parts[6]),
                    null);
        } catch (NumberFormatException garbled) {
            return new Head(null, "has text where a number belongs");
        }
    }

    private static String text(AuditAnchor anchor) {
        return String.join(
                        " ",
                        Long.toString(anchor.sequence()),
                        Long.toString(anchor.at()),
                        anchor.hash(),
                        Long.toString(anchor.sealedAt()),
                        Long.toString(anchor.previous()),
                        anchor.previousHash().isEmpty() ? "-" : anchor.previousHash(),
                        anchor.seal())
                + "\n";
    }

    /**
     * Replaces what the file holds, whole or not at all, unless that is as new: another hub may have been quicker.
     *
     * @param anchor one that isn't pruned
     */
    void write(AuditAnchor anchor) {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        synchronized (TURN) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                AuditAnchor before = read().anchor();
                if (held.isValid() && (before == null || before.sequence() < anchor.sequence())) {
                    replace(text(anchor));
                }
            } catch (IOException e) {
                throw unavailable("written", e);
            }
        }
    }

    /** What a hub that was killed has left of this is overwritten by the next. */
    private void replace(String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Path directory = file.getParent();
        if (directory != null
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true); // else the name may still be the old file's after a power cut
            }
        }
    }

    private Unavailable unavailable(String what, IOException why) {
        return new Unavailable("audit-head", "The file " + file + " can't be " + what + ": " + why.getMessage(), why);
    }
}
