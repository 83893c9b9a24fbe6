package dev.pilot.e2e.docs;

import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                    .formatted(state.wire(), yes(state.isFinal()), yes(state.isLeased()), said(state)));
        }
        page.append("\n| move | from | to | |\n|---|---|---|---|\n");
        for (RunMove move : RunMove.values()) {
            String from = Arrays.stream(RunState.values())
                    .filter(move::isLegalFrom)
                    .map(RunState::wire)
                    .collect(Collectors.joining(", "));
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(move.wire(), from, move.to().wire(), said(move)));
        }
        MadePage.check("run-states.md", page.append('\n').toString());
    }

    private static String yes(boolean is) {
        return is ? "yes" : "";
    }

    /** What a constant's documentation says. */
    private static <E extends Enum<E> & Named> String said(E constant) throws IOException {
        String source = Files.readString(MadePage.root()
                .resolve("pilot-api/src/main/java")
                .resolve(constant.getDeclaringClass().getName().replace('.', '/') + ".java"));
        Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + constant.name() + "\\(")
                .matcher(source);
        if (!found.find()) {
            throw new AssertionError(constant + " has no documentation of one line");
        }
        return found.group(1);
    }
}
