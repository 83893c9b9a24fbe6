package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A token with a prefix of its own: the prefix in its exact case, then enough bytes of a set.
 *
 * @param prefix the prefix
 * @param set what may follow
 * @param least how many must follow
 * @param kinds which kinds of byte must be among them, all of them; for prefixes that words have, too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TokenRule(byte[] prefix, ByteSet set, int least, ByteSet... kinds) implements Rule {
    private static final int MOST = 4096;

    static Pattern token(String prefix, ByteSet set, int least, ByteSet... kinds) {
        return Pattern.of(prefix, new TokenRule(prefix.getBytes(UTF_8), set, least, kinds));
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        if (!text.matches(start, prefix) || !text.startsWord(start)) {
            return NONE;
        }
        int to = text.run(behind, set, MOST);
        if (text.unknown(to) && to - behind < MOST) {
            return MORE;
        }
        if (to - behind < least) {
            return NONE;
        }
        for (ByteSet kind : kinds) {
            if (!text.any(behind, to, kind)) {
                return NONE;
            }
        }
        return Rule.span(start, to);
    }
}
