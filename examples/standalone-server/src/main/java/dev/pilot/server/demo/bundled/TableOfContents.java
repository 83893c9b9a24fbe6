package dev.pilot.server.demo.bundled;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page with a table of contents in front of its first section. */
final class TableOfContents {
    private static final String BEGIN = "<!-- contents -->";
    private static final String END = "<!-- end of contents -->";
    private static final int SECTIONS_LEAST = 3;
    private static final int DEEPEST = 3;

    private final String before;
    private final String lineBreak;

    TableOfContents(String before) {
        this.before = before;
        this.lineBreak = before.contains("\r\n") ? "\r\n" : "\n";
    }

    /** The page with the table, if it has sections enough to need one. */
    Optional<String> text() {
        List<String> lines = withoutTable();
        MarkdownPage page = new MarkdownPage(String.join("\n", lines));
        List<MarkdownPage.Heading> sections = page.headings().stream()
                .filter(heading -> heading.level() >= 2 && heading.level() <= DEEPEST)
                .toList();
        if (sections.stream().filter(heading -> heading.level() == 2).count() < SECTIONS_LEAST) {
            return Optional.empty();
        }
        List<String> table = new ArrayList<>(List.of(BEGIN));
        for (MarkdownPage.Heading section : sections) {
            table.add("  ".repeat(section.level() - 2) + "- [" + section.title() + "](#" + section.anchor() + ")");
        }
        table.addAll(List.of(END, ""));
        lines.addAll(sections.get(0).line(), table);
        return Optional.of(String.join(lineBreak, lines) + lineBreak);
    }

    private List<String> withoutTable() {
        List<String> lines = new ArrayList<>(before.lines().toList());
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        if (begin >= 0 && end > begin) {
            boolean blank = end + 1 < lines.size() && lines.get(end + 1).isBlank();
            lines.subList(begin, end + (blank ? 2 : 1)).clear();
        }
        return lines;
    }
}
