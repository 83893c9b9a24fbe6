package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A literal that announces a possible secret, and the rule that confirms it.
 *
 * @param anchor the literal; it is found in upper and lower case alike
 * @param rule what confirms it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pattern(byte[] anchor, Rule rule) {
    static Pattern of(String anchor, Rule rule) {
        return new Pattern(anchor.getBytes(UTF_8), rule);
    }
}
