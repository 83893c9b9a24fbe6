package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pilot.api.access.SecretRedactor;

/** Tells what only stands for a secret: a variable, a marker in documentation, or the mark of an earlier redaction. */
final class Placeholder {
    private static final byte[] MARK = SecretRedactor.MARK.getBytes(US_ASCII);
    private static final byte[] MASK = "***".getBytes(US_ASCII);
    private static final ByteSet FIRST = ByteSet.of("$%{<");

    private static final ByteSet STARS = ByteSet.of("*");

    private Placeholder() {}

    static boolean in(Text text, int from, int to) {
        return text.in(from, FIRST)
                || text.find(from, to, MARK) >= 0
                || text.find(from, to, MASK) >= 0
                || onlyStars(text, from, to);
    }

    private static boolean onlyStars(Text text, int from, int to) {
        return text.run(from, STARS, to - from) == to;
    }
}
