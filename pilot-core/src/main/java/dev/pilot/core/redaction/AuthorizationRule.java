package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;

/**
 * Credentials behind the name of an HTTP authentication scheme: Bearer (RFC 6750) with something that no word is, Basic (RFC
 * 7617) with what decodes to a name and a password.
 */
final class AuthorizationRule implements Rule {
    private static final ByteSet TOKEN = ByteSet.ALNUM.or(ByteSet.of("-._~+/="));
    private static final int MOST = 16 * 1024;

    private final ByteSet set;
    private final boolean basic;

    private AuthorizationRule(ByteSet set, boolean basic) {
        this.set = set;
        this.basic = basic;
    }

    static List<Pattern> patterns() {
        return List.of(
                Pattern.of("bearer ", new AuthorizationRule(TOKEN, false)),
                Pattern.of("basic ", new AuthorizationRule(ByteSet.BASE64, true)));
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        int from = text.run(behind, ByteSet.BLANK, 8);
        int to = text.run(from, set, MOST);
        if (text.unknown(to) && to - from < MOST) {
            return MORE;
        }
        boolean secret = basic
                ? to - from >= 8 && namesUser(text, from, to)
                : to - from >= 12 && text.any(from, to, ByteSet.DIGIT);
        return secret ? Rule.span(from, to) : NONE;
    }

    private static boolean namesUser(Text text, int from, int to) {
        int padding = to;
        while (padding > from && text.bytes[padding - 1] == '=') {
            padding--;
        }
        int whole = padding - from - ((padding - from) % 4 == 1 ? 1 : 0);
        String encoded = new String(text.bytes, from, whole, ISO_8859_1);
        if (encoded.indexOf('=') >= 0) {
            return false;
        }
        String decoded = new String(Base64.getDecoder().decode(encoded), ISO_8859_1);
        return decoded.indexOf(':') > 0 && decoded.chars().allMatch(c -> c >= ' ' && c != 127);
    }
}
