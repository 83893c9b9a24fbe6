package dev.pilot.core.redaction;

import java.util.Arrays;

/** The secrets found in a text, sorted; those that overlap are one. */
final class Spans {
    private int[] starts = {};
    private int[] ends = {};
    private int[] origins = {};
    private int size;

    int size() {
        return size;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    /**
     * Adds a secret.
     *
     * @param origin where its anchor starts: from there on the text must be seen again to find it again
     * @param start its first byte
     * @param end the byte behind it
     */
    void add(int origin, int start, int end) {
        int at = size;
        while (at > 0 && starts[at - 1] > start) {
            at--;
        }
        if (at > 0 && ends[at - 1] > start) {
            at--;
            ends[at] = Math.max(ends[at], end);
            origins[at] = Math.min(origins[at], origin);
        } else {
            open(at);
            starts[at] = start;
            ends[at] = end;
            origins[at] = origin;
        }
        while (at + 1 < size && starts[at + 1] < ends[at]) {
            ends[at] = Math.max(ends[at], ends[at + 1]);
            origins[at] = Math.min(origins[at], origins[at + 1]);
            close(at + 1);
        }
    }

    /** Whether a byte belongs to a secret. */
    boolean cover(int offset) {
        for (int i = size - 1; i >= 0; i--) {
            if (starts[i] <= offset) {
                return offset < ends[i];
            }
        }
        return false;
    }

    /**
     * Moves a cut so that no secret is cut in two, and none is kept whose anchor is behind it.
     *
     * @param cut where the text is to be cut
     * @return the cut, or an earlier one
     */
    int cutAt(int cut) {
        int moved = cut;
        for (int i = size - 1; i >= 0; i--) {
            if (ends[i] > moved && origins[i] < moved) {
                moved = origins[i];
                i = size; // an earlier cut may meet a later secret's anchor
            }
        }
        while (size > 0 && ends[size - 1] > moved) {
            size--;
        }
        return moved;
    }

    private void open(int at) {
        if (size == starts.length) {
            int capacity = Math.max(8, size * 2);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            origins = Arrays.copyOf(origins, capacity);
        }
        move(at, at + 1);
        size++;
    }

    private void close(int at) {
        move(at + 1, at);
        size--;
    }

    private void move(int from, int to) {
        int count = size - from;
        System.arraycopy(starts, from, starts, to, count);
        System.arraycopy(ends, from, ends, to, count);
        System.arraycopy(origins, from, origins, to, count);
    }
}
