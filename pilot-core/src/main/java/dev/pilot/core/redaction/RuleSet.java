package dev.pilot.core.redaction;

import java.util.ArrayList;
import java.util.List;

/** All rules with the automaton that finds their anchors; immutable. */
final class RuleSet {
    private final Pattern[] patterns;
    private final Automaton automaton;

    RuleSet(List<Pattern> shapes, Iterable<byte[]> known) {
        List<Pattern> all = new ArrayList<>(shapes);
        all.addAll(KnownRule.patterns(known));
        patterns = all.toArray(Pattern[]::new);
        automaton = Automaton.of(all.stream().map(Pattern::anchor).toList());
    }

    /** Whether a text may hold a secret. */
    boolean touches(String text) {
        return automaton.touches(text);
    }

    /**
     * Collects the secrets of a text in its spans.
     *
     * @param text the text
     * @param from the first byte to look at
     * @return the first byte that can't be decided before more of the text is there; its end, if all is decided
     */
    int scan(Text text, int from) {
        byte[] bytes = text.bytes;
        int end = text.end;
        int[] table = automaton.table;
        int[] classes = automaton.classes;
        int firstHit = automaton.firstHit;
        int state = 0;
        for (int i = from; i < end; i++) {
            state = table[state + classes[bytes[i] & 0xff]];
            if (state >= firstHit) {
                int undecided = confirm(text, state, i + 1);
                if (undecided >= 0) {
                    return text.spans.cutAt(Math.min(undecided, i + 1 - automaton.depth(state)));
                }
            }
        }
        return text.unknown(end) ? text.spans.cutAt(end - automaton.depth(state)) : end;
    }

    private int confirm(Text text, int state, int behind) {
        for (int index : automaton.hits(state)) {
            Pattern pattern = patterns[index];
            int start = behind - pattern.anchor().length;
            long found = pattern.rule().confirm(text, start, behind);
            if (found == Rule.MORE) {
                return start;
            } else if (found != Rule.NONE) {
                text.spans.add(start, (int) (found >>> 32), (int) found);
            }
        }
        return -1;
    }
}
