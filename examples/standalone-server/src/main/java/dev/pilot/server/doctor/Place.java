package dev.pilot.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** The data directory and the disk that it is on. */
final class Place {
    private static final long MEGABYTE = 1 << 20;
    private static final long LITTLE_DISK = 1_024 * MEGABYTE;
    private static final long NO_DISK = 100 * MEGABYTE;

    private final Path root;

    Place(Path root) {
        this.root = root;
    }

    Finding directory() {
        if (!Files.exists(root)) {
            return Files.isWritable(existing())
                    ? Finding.ok("data directory", root + " will be made")
                    : Finding.fail(
                            "data directory", root + " can't be made", "make it, or set data.dir to another one");
        }
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            return Finding.fail("data directory", root + " can't be written to", "chown it to whom the server runs as");
        }
        try {
            if (isWritableByOthers()) {
                return Finding.fail("data directory", root + " can be written to by everybody", "chmod o-w " + root);
            }
        } catch (IOException e) {
            return Finding.fail("data directory", root + ": " + e.getMessage(), "make it readable");
        }
        return Finding.ok("data directory", root.toString());
    }

    private boolean isWritableByOthers() throws IOException {
        return root.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(root).contains(PosixFilePermission.OTHERS_WRITE);
    }

    Finding disk() {
        try {
            long free = Files.getFileStore(existing()).getUsableSpace();
            String found = free / MEGABYTE + " MB free";
            if (free < NO_DISK) {
                return Finding.fail("disk", found, "make room: a hub that can't write stands still");
            }
            return free < LITTLE_DISK
                    ? Finding.warn("disk", found, "make room: output and artifacts take much")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.warn("disk", "unknown: " + e.getMessage(), "see for yourself");
        }
    }

    private Path existing() {
        Path found = root;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }
}
