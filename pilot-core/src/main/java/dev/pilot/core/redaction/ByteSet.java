package dev.pilot.core.redaction;

/** A set of bytes. */
final class ByteSet {
    static final ByteSet DIGIT = of("0123456789");
    static final ByteSet UPPER = of("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    static final ByteSet LOWER = of("abcdefghijklmnopqrstuvwxyz");
    static final ByteSet LETTER = UPPER.or(LOWER);
    static final ByteSet ALNUM = LETTER.or(DIGIT);
    static final ByteSet WORD = ALNUM.or(of("_"));
    static final ByteSet URL_SAFE = WORD.or(of("-"));
    static final ByteSet BASE64 = ALNUM.or(of("+/="));
    static final ByteSet BLANK = of(" \t");
    static final ByteSet QUOTE = of("\"'`");
    static final ByteSet SPACE = control().or(of(" "));

    private final boolean[] members;

    private ByteSet(boolean[] members) {
        this.members = members;
    }

    static ByteSet of(String chars) {
        boolean[] members = new boolean[256];
        chars.chars().forEach(c -> members[c] = true);
        return new ByteSet(members);
    }

    private static ByteSet control() {
        boolean[] members = new boolean[256];
        for (int c = 0; c < ' '; c++) {
            members[c] = true;
        }
        members[127] = true;
        return new ByteSet(members);
    }

    ByteSet or(ByteSet other) {
        boolean[] joined = new boolean[256];
        for (int c = 0; c < 256; c++) {
            joined[c] = members[c] || other.members[c];
        }
        return new ByteSet(joined);
    }

    /** All bytes but these. */
    ByteSet not() {
        boolean[] others = new boolean[256];
        for (int c = 0; c < 256; c++) {
            others[c] = !members[c];
        }
        return new ByteSet(others);
    }

    boolean has(byte b) {
        return members[b & 0xff];
    }
}
