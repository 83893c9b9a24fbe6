package dev.pilot.e2e.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory that goes with the work it was made for. */
public final class Scratch implements AutoCloseable {
    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes one.
     *
     * @param name how its name begins
     * @return the directory, empty
     * @throws IOException if it can't be made
     */
    public static Scratch make(String name) throws IOException {
        return new Scratch(Files.createTempDirectory(name));
    }

    /**
     * Where it is.
     *
     * @return its path
     */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
