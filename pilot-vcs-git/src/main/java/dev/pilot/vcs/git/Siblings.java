package dev.pilot.vcs.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Directories under construction beside the one they are to become. What is made there and then renamed is whole or not there;
 * what a killed process left there is in nobody's way and is removed by the next holder of the directory's lock.
 */
final class Siblings {
    /** Tells this JVM from all others that ever were. */
    static final String THIS_PROCESS = UUID.randomUUID().toString();

    private Siblings() {}

    /** A file beside the directory: {@code .name.suffix}. */
    static Path named(Path directory, String suffix) {
        return directory.resolveSibling("." + directory.getFileName() + "." + suffix);
    }

    /** Makes an empty directory to build in. */
    static Path create(Path directory) throws IOException {
        return Files.createDirectory(named(directory, "new-" + UUID.randomUUID()));
    }

    /** Gives what was built its name. The place must be empty or not there. */
    static void moveInto(Path built, Path directory) throws IOException {
        Files.deleteIfExists(directory);
        Files.move(built, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what dead attempts left. */
    static void sweep(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        String prefix = named(directory, "new-").getFileName().toString();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                parent, path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path entry : entries) {
                DirectoryTree.delete(entry);
            }
        }
    }
}
