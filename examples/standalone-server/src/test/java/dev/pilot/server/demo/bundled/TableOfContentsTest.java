package dev.pilot.server.demo.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableOfContentsTest {
    private static final String PAGE =
            "# Title\n\nIntro.\n\n## One & two\n\n```\n## no heading\n```\n\n### Deeper\n\n## Same\n\n## Same\n";

    @Test
    void sectionsAreListedInFrontOfTheFirst() {
        assertThat(new TableOfContents(PAGE).text())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                "Intro.\n\n<!-- contents -->\n- [One & two](#one--two)\n  - [Deeper](#deeper)\n- [Same](#same)\n"
                                        + "- [Same](#same-1)\n<!-- end of contents -->\n\n## One & two\n"));
    }

    @Test
    void doingItAgainChangesNothing() {
        String once = new TableOfContents(PAGE).text().orElseThrow();
        assertThat(new TableOfContents(once).text()).contains(once);
    }

    @Test
    void lineBreaksStayWhatTheyAre() {
        String windows = PAGE.replace("\n", "\r\n");
        String text = new TableOfContents(windows).text().orElseThrow();
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void aShortPageNeedsNone() {
        assertThat(new TableOfContents("# Title\n\n## One\n").text()).isEmpty();
    }
}
