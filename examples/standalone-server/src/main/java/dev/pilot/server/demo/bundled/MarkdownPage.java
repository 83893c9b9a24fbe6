package dev.pilot.server.demo.bundled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of Markdown: its lines and its headings. */
final class MarkdownPage {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.+?)\\s*#*");
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```|~~~).*");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");

    /**
     * A heading.
     *
     * @param line its line, from 0
     * @param level 1 to 6
     * @param title its text without markup
     * @param anchor what a link to it names, as the big hosts have it
     */
    record Heading(int line, int level, String title, String anchor) {}

    private final List<String> lines;
    private final List<Heading> headings = new ArrayList<>();

    MarkdownPage(String text) {
        lines = text.lines().toList();
        Map<String, Integer> used = new HashMap<>();
        boolean code = false;
        for (int line = 0; line < lines.size(); line++) {
            if (FENCE.matcher(lines.get(line)).matches()) {
                code = !code;
            }
            Matcher heading = HEADING.matcher(lines.get(line));
            if (!code && heading.matches()) {
                String title = LINK.matcher(heading.group(2))
                        .replaceAll("$1")
                        .replace("`", "")
                        .replace("*", "")
                        .strip();
                String anchor = anchor(title);
                int times = used.merge(anchor, 1, Integer::sum);
                headings.add(new Heading(
                        line, heading.group(1).length(), title, times == 1 ? anchor : anchor + "-" + (times - 1)));
            }
        }
    }

    List<String> lines() {
        return lines;
    }

    List<Heading> headings() {
        return headings;
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
