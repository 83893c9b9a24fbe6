package dev.pilot.testkit.access;

import dev.pilot.api.access.SecretRedactor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A small redactor that knows literal values only, the longest first. Threads may share it. */
public final class LiteralRedactor implements SecretRedactor {
    private static final int SHORTEST = 6;
    private static final byte[] MARKED = MARK.getBytes(StandardCharsets.UTF_8);

    private final List<byte[]> secrets = new CopyOnWriteArrayList<>();
    private volatile boolean[] firstBytes = new boolean[256];

    /**
     * Makes one.
     *
     * @param secrets the values it knows from the beginning
     */
    public LiteralRedactor(String... secrets) {
        Arrays.stream(secrets).forEach(this::learn);
    }

    @Override
    public synchronized void learn(String secret) {
        // a part of the mark would be found in every mark
        if (secret.length() >= SHORTEST && !MARK.contains(secret)) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            boolean[] first = firstBytes.clone();
            first[bytes[0] & 0xFF] = true;
            firstBytes = first;
            secrets.add(bytes);
            secrets.sort(Comparator.comparingInt((byte[] known) -> known.length).reversed());
        }
    }

    @Override
    public String redact(String text) {
        ByteArrayOutputStream redacted = new ByteArrayOutputStream();
        RedactingStream stream = stream(redacted::write);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.write(bytes, 0, bytes.length);
        stream.flush();
        byte[] result = redacted.toByteArray();
        return Arrays.equals(bytes, result) ? text : new String(result, StandardCharsets.UTF_8);
    }

    @Override
    public int mask(byte[] bytes, int from, int to) {
        int masked = 0;
        int at = from;
        while (at < to) {
            byte[] secret = secretAt(bytes, at, to);
            if (secret == null) {
                at++;
            } else {
                Arrays.fill(bytes, at, at + secret.length, (byte) '*');
                masked += secret.length;
                at += secret.length;
            }
        }
        return masked;
    }

    @Override
    public RedactingStream stream(ByteSink sink) {
        return new Stream(sink);
    }

    private byte @Nullable [] secretAt(byte[] bytes, int at, int to) {
        for (byte[] secret : secrets) {
            if (at + secret.length <= to && Arrays.equals(secret, 0, secret.length, bytes, at, at + secret.length)) {
                return secret;
            }
        }
        return null;
    }

    /** Whether what begins here may go on to be a secret that isn't whole yet. */
    private boolean mayBegin(byte[] bytes, int at, int to) {
        int have = to - at;
        for (byte[] secret : secrets) {
            if (have < secret.length && Arrays.equals(secret, 0, have, bytes, at, to)) {
                return true;
            }
        }
        return false;
    }

    private final class Stream implements RedactingStream {
        private final ByteSink sink;
        private byte[] held = {};

        private Stream(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            byte[] joined = Arrays.copyOf(held, held.length + length);
            System.arraycopy(bytes, from, joined, held.length, length);
            pass(joined, true);
        }

        @Override
        public void flush() {
            pass(held, false);
        }

        private void pass(byte[] bytes, boolean hasMore) {
            ByteArrayOutputStream passed = new ByteArrayOutputStream(bytes.length + MARKED.length);
            int from = 0;
            int at = next(bytes, 0);
            while (at < bytes.length && !(hasMore && mayBegin(bytes, at, bytes.length))) {
                byte[] secret = secretAt(bytes, at, bytes.length);
                if (secret == null) {
                    at++;
                } else {
                    passed.write(bytes, from, at - from);
                    passed.write(MARKED, 0, MARKED.length);
                    at += secret.length;
                    from = at;
                }
                at = next(bytes, at);
            }
            passed.write(bytes, from, at - from);
            held = Arrays.copyOfRange(bytes, at, bytes.length);
            byte[] result = passed.toByteArray();
            if (result.length > 0) {
                sink.accept(result, 0, result.length);
            }
        }

        /** Where the next byte is with which a secret begins. */
        private int next(byte[] bytes, int from) {
            boolean[] first = firstBytes;
            int at = from;
            while (at < bytes.length && !first[bytes[at] & 0xFF]) {
                at++;
            }
            return at;
        }
    }
}
