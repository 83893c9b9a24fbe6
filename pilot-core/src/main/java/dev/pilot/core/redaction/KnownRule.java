package dev.pilot.core.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Known secrets that begin alike. Their anchor is only their beginning: that keeps the automaton's table small for thousands of
 * them.
 */
final class KnownRule implements Rule {
    private static final int ANCHOR = 6;

    private final List<byte[]> needles = new ArrayList<>();

    private KnownRule() {}

    static List<Pattern> patterns(Iterable<byte[]> known) {
        Map<String, KnownRule> rules = new LinkedHashMap<>();
        List<Pattern> patterns = new ArrayList<>();
        for (byte[] needle : known) {
            byte[] anchor = Arrays.copyOf(needle, Math.min(needle.length, ANCHOR));
            KnownRule rule = rules.computeIfAbsent(folded(anchor), key -> {
                KnownRule made = new KnownRule();
                patterns.add(new Pattern(anchor, made));
                return made;
            });
            rule.needles.add(needle);
        }
        return patterns;
    }

    private static String folded(byte[] anchor) {
        StringBuilder key = new StringBuilder();
        for (byte b : anchor) {
            key.append((char) (Text.fold(b) & 0xff));
        }
        return key.toString();
    }

    @Override
    public long confirm(Text text, int start, int behind) {
        int longest = 0;
        for (byte[] needle : needles) {
            int common = text.common(start, needle);
            if (common == needle.length) {
                longest = Math.max(longest, common);
            } else if (common > longest && text.unknown(start + common)) {
                return MORE;
            }
        }
        return longest == 0 ? NONE : Rule.span(start, start + longest);
    }
}
