package dev.pilot.core.redaction;

import java.util.List;

/** A JSON Web Token in compact form (RFC 7519): base64url of a JSON object, then two to four more parts, joined by dots. */
final class JwtRule implements Rule {
    private static final int HEADER = 2048;
    private static final int PART = 12 * 1024;

    static List<Pattern> patterns() {
        return List.of(Pattern.of("eyJ", new JwtRule()));
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        if (!text.is(start, 'e') || !text.is(start + 1, 'y') || !text.is(start + 2, 'J') || !text.startsWord(start)) {
            return NONE;
        }
        int to = text.run(start, ByteSet.URL_SAFE, HEADER);
        int parts = 1;
        int longest = HEADER;
        int from = start;
        while (parts < 5) {
            if (text.unknown(to) && to - from < longest) {
                return MORE;
            }
            if (!text.is(to, '.') || to - start < 12) {
                break;
            }
            from = to + 1;
            longest = PART;
            to = text.run(from, ByteSet.URL_SAFE, longest);
            parts++;
        }
        if (text.unknown(to) && to - from < longest) {
            return MORE;
        }
        return parts >= 3 ? Rule.span(start, to) : NONE;
    }
}
