package dev.pilot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for one measurement, which is deleted after it. */
public final class Scratch {
    private Scratch() {}

    /** What is done in it. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @param directory the directory, empty
         * @throws Exception if it could not be done
         */
        void in(Path directory) throws Exception;
    }

    /**
     * What is measured in it.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Measurement<T> {
        /**
         * Measures.
         *
         * @param directory the directory, empty
         * @return what came of it
         * @throws Exception if it could not be measured
         */
        T in(Path directory) throws Exception;
    }

    /**
     * Makes a directory, does something in it, and deletes it.
     *
     * @param work what is done
     * @throws Exception if it could not be done
     */
    public static void in(Work work) throws Exception {
        boolean unused = with(directory -> {
            work.in(directory);
            return true;
        });
    }

    /**
     * Makes a directory, measures something in it, and deletes it.
     *
     * @param <T> what comes of it
     * @param measurement what is measured
     * @return what came of it
     * @throws Exception if it could not be measured
     */
    public static <T> T with(Measurement<T> measurement) throws Exception {
        Path directory = Files.createTempDirectory("pilot-bench");
        try {
            return measurement.in(directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(Scratch::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
