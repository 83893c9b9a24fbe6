package dev.pilot.core.redaction;

/** Tells whether what a secret's name is given is a secret: not a word, a placeholder, an expression, a path or a number. */
final class SecretValue {
    private static final int MOST = 8 * 1024;
    /** By so many of its first bytes a long value is judged. */
    private static final int JUDGED = 512;

    private static final int LEAST = 8;
    private static final int ENVIRONMENT_LEAST = 6;
    private static final ByteSet BARE =
            ByteSet.SPACE.or(ByteSet.QUOTE).or(ByteSet.of(",;&<>()[]{}|\\")).not();
    private static final ByteSet ENVIRONMENT = ByteSet.SPACE.or(ByteSet.QUOTE).not();
    private static final ByteSet SINGLE = within("'");
    private static final ByteSet DOUBLE = within("\"");
    private static final ByteSet BACK = within("`");
    private static final ByteSet BACKSLASH = ByteSet.of("\\");
    private static final ByteSet CALL = ByteSet.of("([{");
    private static final ByteSet SYMBOL = ByteSet.of("!@#$%^*?~+");
    private static final ByteSet CLOSING = ByteSet.of(".,!?:");
    private static final ByteSet NO_SECRET = ByteSet.of("$%{</@.~^&*");

    private SecretValue() {}

    /**
     * Looks at a value.
     *
     * @param from where it or its opening quote stands
     * @param environment whether an environment variable is set: anything is its value
     * @param element whether it is an XML element's text
     */
    static long confirm(Text text, int from, boolean environment, boolean element) {
        int open = text.run(from, BACKSLASH, 4);
        if (text.unknown(open)) {
            return Rule.MORE;
        }
        boolean quoted = text.in(open, ByteSet.QUOTE);
        int start = quoted ? open + 1 : from;
        ByteSet set = quoted ? quotedBy(text.bytes[open]) : environment ? ENVIRONMENT : BARE;
        int end = text.longRun(start, set, MOST);
        // a quoted backslash escapes what follows it, unless the quotes themselves are escaped
        while (quoted && open == from && text.is(end, '\\') && end - start < MOST) {
            end = text.run(Math.min(end + 2, text.end), set, MOST);
        }
        if (text.unknown(end) && end - start < MOST) {
            return Rule.MORE;
        }
        if (quoted && !text.is(end, (char) text.bytes[open]) && !text.is(end, '\\')) {
            return Rule.NONE;
        }
        if (element && !text.is(end, '<')) {
            return Rule.NONE;
        }
        boolean secret = environment
                ? end - start >= ENVIRONMENT_LEAST
                        && !Placeholder.in(text, start, Math.min(end, start + JUDGED))
                        && !path(text, start)
                : strong(text, start, end, quoted);
        return secret ? Rule.span(start, end) : Rule.NONE;
    }

    private static ByteSet within(String quote) {
        return ByteSet.SPACE.or(ByteSet.of(quote + "\\")).not();
    }

    private static ByteSet quotedBy(byte quote) {
        return quote == '"' ? DOUBLE : quote == '\'' ? SINGLE : BACK;
    }

    private static boolean strong(Text text, int start, int to, boolean quoted) {
        if (!quoted && text.in(to, CALL)) {
            return false;
        }
        int end = to;
        while (end > start && CLOSING.has(text.bytes[end - 1])) {
            end--;
        }
        end = Math.min(end, start + JUDGED);
        if (end - start < LEAST
                || text.in(start, NO_SECRET)
                || Placeholder.in(text, start, end)
                || version(text, start, end)) {
            return false;
        }
        boolean letters = text.any(start, end, ByteSet.LETTER);
        if (!letters || url(text, start, end) || (!quoted && names(text, start, end))) {
            return false;
        }
        return count(text, start, end, ByteSet.DIGIT) >= 2 || text.any(start, end, SYMBOL);
    }

    private static boolean path(Text text, int start) {
        return text.is(start, '/') || text.is(start, '.');
    }

    private static boolean url(Text text, int start, int end) {
        for (int at = start; at + 2 < end; at++) {
            if (text.is(at, ':') && text.is(at + 1, '/') && text.is(at + 2, '/')) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is names joined by dots, as code has them. */
    private static boolean names(Text text, int start, int end) {
        int at = start;
        boolean dots = false;
        while (at < end && (ByteSet.LETTER.has(text.bytes[at]) || text.is(at, '_'))) {
            at = text.run(at, ByteSet.WORD, end - at);
            if (at == end) {
                return dots;
            }
            if (!text.is(at, '.')) {
                return false;
            }
            dots = true;
            at++;
        }
        return false;
    }

    /** Whether it starts as a version does: digits, a dot, digits. */
    private static boolean version(Text text, int start, int end) {
        int major = text.run(start, ByteSet.DIGIT, 4);
        int minor = text.run(major + 1, ByteSet.DIGIT, 4);
        return major > start && text.is(major, '.') && minor > major + 1 && minor < end && text.is(minor, '.');
    }

    private static int count(Text text, int start, int end, ByteSet set) {
        int count = 0;
        for (int at = start; at < end; at++) {
            count += set.has(text.bytes[at]) ? 1 : 0;
        }
        return count;
    }
}
