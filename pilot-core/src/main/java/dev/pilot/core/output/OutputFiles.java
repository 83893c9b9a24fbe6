package dev.pilot.core.output;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.OutputChunk;
import dev.pilot.api.run.OutputRequest;
import dev.pilot.api.run.OutputStream;
import dev.pilot.core.system.DataDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * The byte-exact log files of runs, one per attempt and stream. Its worker redacts what it sends, across chunks; here whatever is left
 * within a chunk, or across the border to what came before, is masked in place, which keeps every offset what it is.
 */
final class OutputFiles {
    /** How far back a secret may reach that a border between two chunks has split. */
    private static final int OVERLAP = 512;

    private static final int MAX_READ = 4 << 20;

    private final DataDirectory data;
    private final SecretRedactor redactor;
    private final long limit;
    /** Writers of one file take turns; which lock is no matter, so a fixed number will do. */
    private final Object[] locks = new Object[64];

    OutputFiles(DataDirectory data, SecretRedactor redactor, long limit) {
        this.data = data;
        this.redactor = redactor;
        this.limit = limit;
        Arrays.setAll(locks, i -> new Object());
    }

    /** Appends what is new and answers the size. */
    long append(RunId run, int attempt, OutputStream stream, long offset, byte[] bytes) {
        if (offset < 0) {
            throw InvalidInput.of("offset", "must be 0 or more, but is " + offset);
        }
        Path file = data.output(run, attempt, stream);
        synchronized (locks[Math.floorMod(file.hashCode(), locks.length)]) {
            try {
                Files.createDirectories(file.getParent());
                try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    return append(channel, run, offset, bytes);
                }
            } catch (IOException e) {
                throw new Unavailable(
                        "output-io", "The output of run " + run + " can't be written: " + e.getMessage(), e);
            }
        }
    }

    private long append(FileChannel channel, RunId run, long offset, byte[] bytes) throws IOException {
        long size = channel.size();
        if (offset > size) {
            throw new InvalidInput(
                    "output-gap",
                    List.of(new FieldError("offset", "must be " + size + ", where the output ends, but is " + offset)));
        }
        int known = (int) Math.min(bytes.length, size - offset);
        if (known == bytes.length) {
            return size;
        }
        if (size + bytes.length - known > limit) {
            throw new OverLimit(
                    "output-limit",
                    "The output of run " + run + " has reached " + limit
                            + " bytes, the most that the hub keeps (max.output).");
        }
        int tail = (int) Math.min(OVERLAP, size);
        byte[] window = new byte[tail + bytes.length - known];
        read(channel, ByteBuffer.wrap(window, 0, tail), size - tail);
        byte[] before = Arrays.copyOf(window, tail);
        System.arraycopy(bytes, known, window, tail, bytes.length - known);
        redactor.mask(window, 0, window.length);
        // What came before is only written again where a secret reached back into it.
        int from = Arrays.equals(before, 0, tail, window, 0, tail) ? tail : 0;
        write(channel, ByteBuffer.wrap(window, from, window.length - from), size - tail + from);
        return size + bytes.length - known;
    }

    /** How much a run has printed in all its attempts. */
    long size(RunId run, int attempts) {
        long size = 0;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            for (OutputStream stream : OutputStream.values()) {
                // Nothing where there is no such file.
                size += data.output(run, attempt, stream).toFile().length();
            }
        }
        return size;
    }

    OutputChunk read(RunId run, int attempt, OutputRequest request) {
        if (request.from() < 0) {
            throw InvalidInput.of("from", "must be 0 or more, but is " + request.from());
        }
        if (request.limit() < 1 || request.limit() > MAX_READ) {
            throw InvalidInput.of("limit", "must be from 1 to " + MAX_READ + ", but is " + request.limit());
        }
        Path file = data.output(run, attempt, request.stream());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int length = (int) Math.max(0, Math.min(request.limit(), size - request.from()));
            byte[] bytes = new byte[length];
            read(channel, ByteBuffer.wrap(bytes), request.from());
            return new OutputChunk(attempt, request.stream(), request.from(), bytes, size);
        } catch (NoSuchFileException none) {
            return new OutputChunk(attempt, request.stream(), request.from(), new byte[0], 0);
        } catch (IOException e) {
            throw new Unavailable("output-io", "The output of run " + run + " can't be read: " + e.getMessage(), e);
        }
    }

    private static void read(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                throw new IOException("the file is shorter than it was");
            }
            position += count;
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long from) throws IOException {
        long position = from;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
