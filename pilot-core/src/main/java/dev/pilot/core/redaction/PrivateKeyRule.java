package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;

/**
 * A private key in textual form (RFC 7468; PGP's and OpenSSH's look alike): all from its first line to its last, whatever a log
 * wrote before each line. Where the last line is missing, what looks like the key's lines.
 */
final class PrivateKeyRule implements Rule {
    private static final byte[] BEGIN = "-----BEGIN ".getBytes(US_ASCII);
    private static final byte[] END = "-----END ".getBytes(US_ASCII);
    private static final ByteSet LABEL = ByteSet.UPPER.or(ByteSet.DIGIT).or(ByteSet.of(" "));
    private static final ByteSet BETWEEN = ByteSet.SPACE.or(ByteSet.of("\\"));
    private static final int LABEL_MOST = 48;
    private static final int LINE_LEAST = 16;

    static List<Pattern> patterns() {
        return List.of(new Pattern(BEGIN, new PrivateKeyRule()));
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        int label = text.run(behind, LABEL, LABEL_MOST);
        if (text.unknown(label + 4)) {
            return MORE;
        }
        boolean key = text.endsWith(behind, label, "private key") || text.endsWith(behind, label, "private key block");
        if (!key || !text.equalsFolded(label, "-----")) {
            return NONE;
        }
        int limit = (int) Math.min(text.end, (long) start + LONGEST);
        for (int at = label + 5; at < limit; at++) {
            if (text.bytes[at] == '-' && text.matches(at, BEGIN)) {
                return cutShort(text, start, label + 5, at);
            } else if (text.bytes[at] == '-' && text.matches(at, END)) {
                int last = text.run(at + END.length, LABEL, LABEL_MOST);
                if (text.unknown(last + 4)) {
                    return MORE;
                }
                return Rule.span(start, text.equalsFolded(last, "-----") ? last + 5 : last);
            }
        }
        return text.unknown(limit + END.length) ? MORE : cutShort(text, start, label + 5, limit);
    }

    private static long cutShort(Text text, int start, int body, int limit) {
        int end = body;
        int at = body;
        while (at < limit) {
            int word = at;
            while (word < limit && BETWEEN.has(text.bytes[word])) {
                boolean escape = text.bytes[word] == '\\' && (text.is(word + 1, 'n') || text.is(word + 1, 'r'));
                word += escape ? 2 : 1;
            }
            at = text.run(word, ByteSet.BASE64, Math.max(0, limit - word));
            if (at - word < LINE_LEAST && (at < text.end || at <= word)) {
                break;
            }
            end = at;
        }
        return end == body ? NONE : Rule.span(start, end);
    }
}
