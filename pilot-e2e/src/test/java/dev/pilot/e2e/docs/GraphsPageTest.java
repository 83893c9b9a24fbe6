package dev.pilot.e2e.docs;

import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRunMove;
import dev.pilot.api.run.GraphRunState;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphsPageTest {
    @Test
    void thePageHasTheStatesAndMovesOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder("\n| state | final | |\n|---|---|---|\n");
        for (GraphRunState state : GraphRunState.values()) {
            page.append(
                    "| %s | %s | %s |\n".formatted(state.wire(), state.isFinal() ? "yes" : "", MadePage.said(state)));
        }
        page.append("\n| move | from | to | |\n|---|---|---|---|\n");
        for (GraphRunMove move : GraphRunMove.values()) {
            String from = Arrays.stream(GraphRunState.values())
                    .filter(move::isLegalFrom)
                    .map(GraphRunState::wire)
                    .collect(Collectors.joining(", "));
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(move.wire(), from, move.to().wire(), MadePage.said(move)));
        }
        page.append("\n| a task is | |\n|---|---|\n");
        for (GraphNodeState state : GraphNodeState.values()) {
            page.append("| `%s` | %s |\n".formatted(state.wire(), MadePage.said(state)));
        }
        MadePage.check("graphs.md", page.append('\n').toString());
    }
}
