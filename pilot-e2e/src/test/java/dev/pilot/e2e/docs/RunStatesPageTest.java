package dev.pilot.e2e.docs;

import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunStatesPageTest {
    @Test
    void thePageHasTheStatesAndMovesOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder("\n```mermaid\nstateDiagram-v2\n");
        for (RunMove move : RunMove.values()) {
            for (RunState from : RunState.values()) {
                if (move.isLegalFrom(from) && move != RunMove.CANCEL) {
                    page.append("    %s --> %s: %s\n"
                            .formatted(from.wire(), move.to().wire(), move.wire()));
                }
            }
        }
        for (RunState state : RunState.values()) {
            if (state.isFinal()) {
                page.append("    %s --> [*]\n".formatted(state.wire()));
            }
        }
        page.append("```\n\n`cancel` leads to CANCELLED from every state that is not final.\n");
        page.append("\n| state | final | leased | |\n|---|---|---|---|\n");
        for (RunState state : RunState.values()) {
            page.append("| %s | %s | %s | %s |\n"
                    .formatted(state.wire(), yes(state.isFinal()), yes(state.isLeased()), MadePage.said(state)));
        }
        page.append("\n| move | from | to | |\n|---|---|---|---|\n");
        for (RunMove move : RunMove.values()) {
            String from = Arrays.stream(RunState.values())
                    .filter(move::isLegalFrom)
                    .map(RunState::wire)
                    .collect(Collectors.joining(", "));
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(move.wire(), from, move.to().wire(), MadePage.said(move)));
        }
        MadePage.check("run-states.md", page.append('\n').toString());
    }

    private static String yes(boolean is) {
        return is ? "yes" : "";
    }
}
