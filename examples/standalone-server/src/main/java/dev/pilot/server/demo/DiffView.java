package dev.pilot.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Shows what a run has changed. */
final class DiffView {
    private static final int SHOWN_LINES = 120;

    private final Pilot pilot;
    private final Screen screen;
    private final Colours colours;

    DiffView(Pilot pilot, Screen screen) {
        this.pilot = pilot;
        this.screen = screen;
        this.colours = screen.colours();
    }

    void show(RunId run) throws IOException {
        List<Artifact> diffs = pilot.runs().artifacts(run).stream()
                .filter(artifact -> artifact.kind() == ArtifactKind.DIFF)
                .toList();
        if (diffs.isEmpty()) {
            screen.more(colours.dim("no changes"));
            return;
        }
        List<String> lines;
        try (InputStream content =
                pilot.runs().artifactContent(diffs.get(diffs.size() - 1).id())) {
            lines = new String(content.readAllBytes(), UTF_8).lines().toList();
        }
        screen.line("");
        lines.stream().limit(SHOWN_LINES).forEach(line -> screen.line("    " + paint(line)));
        if (lines.size() > SHOWN_LINES) {
            screen.line(colours.dim("    … and " + (lines.size() - SHOWN_LINES) + " lines more"));
        }
        screen.line("");
    }

    private String paint(String line) {
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ") || line.startsWith("index ")) {
            return colours.bold(line);
        } else if (line.startsWith("+")) {
            return colours.good(line);
        } else if (line.startsWith("-")) {
            return colours.bad(line);
        }
        return line.startsWith("@@") ? colours.noted(line) : line;
    }
}
