package dev.pilot.core.run;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an allow-list of tools allows. An entry is a tool's name, or a name and what it may be used on: {@code git.push:pilot/*}. A
 * {@code *} stands for any text, in either. What no entry names is not allowed.
 */
final class ToolList {
    private final List<String> entries;

    ToolList(List<String> entries) {
        this.entries = entries;
    }

    /** How well a use fits. */
    enum Fit {
        /** No entry names the tool. */
        UNKNOWN,
        /** Entries name the tool, but on something else. */
        ELSEWHERE,
        /** It is on the list. */
        LISTED
    }

    Fit fit(String tool, @Nullable String target) {
        Fit best = Fit.UNKNOWN;
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            if (!matches(colon < 0 ? entry : entry.substring(0, colon), tool)) {
                continue;
            }
            if (colon < 0 || target != null && isPlain(target) && matches(entry.substring(colon + 1), target)) {
                return Fit.LISTED;
            }
            best = Fit.ELSEWHERE;
        }
        return best;
    }

    /**
     * Whether a use may be one of those that are listed. Where it can't be told - there is no target, or one that may be anywhere - it
     * may: an allow-list errs on the side of no, a list of what is asked for on the side of asking.
     */
    boolean mayConcern(String tool, @Nullable String target) {
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            if (!matches(colon < 0 ? entry : entry.substring(0, colon), tool)) {
                continue;
            }
            if (colon < 0 || target == null || !isPlain(target) || matches(entry.substring(colon + 1), target)) {
                return true;
            }
        }
        return false;
    }

    /** What goes up again could be anywhere, whatever it begins with. */
    private static boolean isPlain(String target) {
        return Arrays.stream(target.split("[/\\\\]", -1)).noneMatch(".."::equals);
    }

    /** Takes time linear in text and pattern for one star, and never more than their product. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int after = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                after = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++after;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
