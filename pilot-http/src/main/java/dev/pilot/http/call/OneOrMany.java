package dev.pilot.http.call;

import java.nio.charset.StandardCharsets;

/** A body that is one thing or an object around a list of them. */
public final class OneOrMany {
    private OneOrMany() {}

    /**
     * Whether a body is an object around a list: then that is its only member, and so its first.
     *
     * @param body the body
     * @param member the list's name
     * @return true if the body's first member has that name; nothing else is looked at
     */
    public static boolean isMany(byte[] body, String member) {
        byte[] name = ('"' + member + '"').getBytes(StandardCharsets.US_ASCII);
        int brace = skipSpace(body, 0);
        if (brace == body.length || body[brace] != '{') {
            return false;
        }
        int first = skipSpace(body, brace + 1);
        return first + name.length <= body.length
                && java.util.Arrays.equals(body, first, first + name.length, name, 0, name.length);
    }

    private static int skipSpace(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at;
    }
}
