package dev.pilot.core.redaction;

import java.util.List;

/** The password in a URL's authority (RFC 3986, 3.2.1), or a name there that is long enough to be a token. */
final class UserInfoRule implements Rule {
    private static final ByteSet PASSWORD =
            ByteSet.SPACE.or(ByteSet.QUOTE).or(ByteSet.of("/<>\\")).not();
    private static final ByteSet NAME =
            ByteSet.SPACE.or(ByteSet.QUOTE).or(ByteSet.of("/<>\\@:?#")).not();
    private static final int MOST = 1024;
    private static final int TOKEN_LEAST = 20;

    static List<Pattern> patterns() {
        return List.of(Pattern.of("://", new UserInfoRule()));
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        int name = text.run(behind, NAME, MOST);
        if (text.unknown(name) && name - behind < MOST) {
            return MORE;
        }
        if (text.is(name, '@')) {
            boolean token = name - behind >= TOKEN_LEAST && text.any(behind, name, ByteSet.DIGIT);
            return token && !Placeholder.in(text, behind, name) ? Rule.span(behind, name) : NONE;
        }
        return text.is(name, ':') ? password(text, name + 1) : NONE;
    }

    private static long password(Text text, int from) {
        int to = text.run(from, PASSWORD, MOST);
        if (text.unknown(to) && to - from < MOST) {
            return MORE;
        }
        int at = to - 1;
        while (at > from && text.bytes[at] != '@') {
            at--;
        }
        return at > from && !Placeholder.in(text, from, at) ? Rule.span(from, at) : NONE;
    }
}
