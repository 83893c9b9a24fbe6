package dev.pilot.core.redaction;

import org.jspecify.annotations.Nullable;

/** The bytes that a scan looks at, and what it has found in them. */
final class Text {
    final byte[] bytes;
    /** The byte behind the last. */
    final int end;

    final Spans spans = new Spans();

    private final int base;
    private final boolean open;
    private final int behindMark;
    /** The last long run: names of secrets may stand side by side in one, and each would walk to its end again. */
    private @Nullable ByteSet runSet;

    private int runFrom;
    private int runEnd;

    private Text(byte[] bytes, int base, int end, boolean open, int behindMark) {
        this.bytes = bytes;
        this.base = base;
        this.end = end;
        this.open = open;
        this.behindMark = behindMark;
    }

    /** A whole text. */
    static Text whole(byte[] bytes, int from, int to) {
        return new Text(bytes, from, to, false, -1);
    }

    /**
     * A part of a stream.
     *
     * @param open whether more follows
     * @param behindMark where a secret ends that was found before, -1 if there is none
     */
    static Text part(byte[] bytes, int to, boolean open, int behindMark) {
        return new Text(bytes, 0, to, open, behindMark);
    }

    /** Whether the text ends here, but only for now. */
    boolean unknown(int at) {
        return at >= end && open;
    }

    boolean is(int at, char c) {
        return at < end && bytes[at] == c;
    }

    boolean in(int at, ByteSet set) {
        return at < end && set.has(bytes[at]);
    }

    /** The byte behind a run that may be long, in a time that doesn't depend on how often it is asked for. */
    int longRun(int from, ByteSet set, int most) {
        if (runSet != set || from < runFrom || from > runEnd) {
            runSet = set;
            runFrom = from;
            runEnd = run(from, set, end - from);
        }
        return (int) Math.min(runEnd, (long) from + most);
    }

    /** The byte behind a run of bytes of a set. */
    int run(int from, ByteSet set, int most) {
        int to = (int) Math.min(end, (long) from + most);
        int at = from;
        while (at < to && set.has(bytes[at])) {
            at++;
        }
        return at;
    }

    boolean any(int from, int to, ByteSet set) {
        for (int at = from; at < to; at++) {
            if (set.has(bytes[at])) {
                return true;
            }
        }
        return false;
    }

    boolean matches(int from, byte[] literal) {
        return common(from, literal) == literal.length;
    }

    /** How many bytes of a literal stand here. */
    int common(int from, byte[] literal) {
        int most = Math.min(literal.length, end - from);
        int at = 0;
        while (at < most && bytes[from + at] == literal[at]) {
            at++;
        }
        return at;
    }

    /** Whether a literal in lower case stands right before an offset, in whatever case. */
    boolean endsWith(int from, int to, String lower) {
        int start = to - lower.length();
        return start >= from && equalsFolded(start, lower);
    }

    boolean equalsFolded(int from, String lower) {
        if (from + lower.length() > end) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            if (fold(bytes[from + i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where a literal stands first, -1 if nowhere. */
    int find(int from, int to, byte[] literal) {
        for (int at = from; at + literal.length <= to; at++) {
            if (matches(at, literal)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether no letter or digit stands right before; where one is part of a secret, its mark will stand there. */
    boolean startsWord(int at) {
        return at == base || at == behindMark || !ByteSet.ALNUM.has(bytes[at - 1]) || spans.cover(at - 1);
    }

    static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
