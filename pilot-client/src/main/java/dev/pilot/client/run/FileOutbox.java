package dev.pilot.client.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Outbox;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Outbox} in a directory: a file per report, written beside and moved into place, so that there is never half of one. */
public final class FileOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(FileOutbox.class);
    private static final String SUFFIX = ".json";
    private static final int READABLE = 40;
    private static final int HASH_BYTES = 16;

    private final Path directory;

    /**
     * Makes it.
     *
     * @param directory where the files lie, one worker's only; made where it is not there
     * @throws Unavailable if it can't be made
     */
    public FileOutbox(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Unavailable("outbox-io", "The outbox " + directory + " can't be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void keep(FinishRun report) {
        Path file = file(report);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(beside, WireCodec.write(report));
            sync(beside, StandardOpenOption.WRITE);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            sync(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new Unavailable("outbox-io", "The report can't be kept in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel open = FileChannel.open(path, how)) {
            open.force(true);
        }
    }

    @Override
    public void forget(FinishRun report) {
        try {
            Files.deleteIfExists(file(report));
        } catch (IOException e) {
            // It is sent once more after the next start, and answered with the run as it is.
            LOG.warn("The report {} is done with, but can't be deleted: {}", file(report), e.getMessage());
        }
    }

    @Override
    public List<FinishRun> kept() {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(FileOutbox::written))
                    .toList();
        } catch (IOException e) {
            throw new Unavailable("outbox-io", "The outbox " + directory + " can't be read: " + e.getMessage(), e);
        }
        List<FinishRun> reports = new ArrayList<>();
        for (Path file : files) {
            try {
                reports.add(WireCodec.read(Files.readAllBytes(file), FinishRun.class));
            } catch (IOException | InvalidInput unreadable) {
                LOG.error("The report {} can't be read and stays where it is.", file, unreadable);
            }
        }
        return reports;
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return Long.MAX_VALUE;
        }
    }

    /** An id may be longer than a file name, or differ from another one only by case, so its hash stands beside what people can read. */
    private Path file(FinishRun report) {
        String id = report.lease().runId().value();
        String readable = id.replaceAll("[^A-Za-z0-9_]", "");
        String start = readable.substring(0, Math.min(READABLE, readable.length()));
        return directory.resolve(start + "-" + hash(id) + "-" + report.lease().attempt() + SUFFIX);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
