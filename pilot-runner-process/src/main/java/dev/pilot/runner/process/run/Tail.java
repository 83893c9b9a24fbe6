package dev.pilot.runner.process.run;

import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of what is written to it. */
final class Tail {
    private final int limit;
    private byte[] ring;
    private long written;

    Tail(int limit) {
        this.limit = Math.max(0, limit);
        ring = new byte[Math.min(this.limit, 8 * 1024)];
    }

    synchronized void write(byte[] bytes) {
        int count = Math.min(bytes.length, limit);
        written += bytes.length - count;
        if (count > 0) {
            grow(count);
            int from = bytes.length - count;
            int at = (int) (written % ring.length);
            int first = Math.min(count, ring.length - at);
            System.arraycopy(bytes, from, ring, at, first);
            System.arraycopy(bytes, from + first, ring, 0, count - first);
            written += count;
        }
    }

    /** Grows the ring while nothing has been dropped from it yet, so that a short output costs little. */
    private void grow(int count) {
        if (ring.length < limit && written + count > ring.length) {
            byte[] larger = new byte[(int) Math.min(limit, Math.max(written + count, ring.length * 2L))];
            System.arraycopy(ring, 0, larger, 0, (int) Math.min(written, ring.length));
            ring = larger;
        }
    }

    synchronized boolean isTruncated() {
        return written > limit;
    }

    /** The text; a character that was cut in half at the beginning is left out. */
    synchronized String text() {
        int count = (int) Math.min(written, limit);
        byte[] bytes = new byte[count];
        int at = isTruncated() && count > 0 ? (int) (written % ring.length) : 0;
        int first = Math.min(count, ring.length - at);
        System.arraycopy(ring, at, bytes, 0, first);
        System.arraycopy(ring, 0, bytes, first, count - first);
        int from = 0;
        while (isTruncated() && from < Math.min(3, count) && (bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        return new String(bytes, from, count - from, StandardCharsets.UTF_8);
    }
}
