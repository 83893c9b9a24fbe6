package dev.pilot.e2e.docs;

import dev.pilot.api.access.Scope;
import dev.pilot.core.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PermissionsPageTest {
    @Test
    void thePageHasTheTableOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder("\n| permission | what | whose |");
        for (Scope scope : Scope.values()) {
            page.append(" ").append(scope.wire()).append(" |");
        }
        page.append(" |\n|---|---|---|")
                .append("---|".repeat(Scope.values().length))
                .append("---|\n");
        for (Permission permission : Permission.values()) {
            page.append("| `%s` | %s | %s |"
                    .formatted(permission.wire(), small(permission.act()), small(permission.realm())));
            for (Scope scope : Scope.values()) {
                page.append(permission.scopes().contains(scope) ? " yes |" : " |");
            }
            page.append(" %s<br>%s |\n"
                    .formatted(
                            said(permission),
                            permission.useCases().stream()
                                    .map(useCase -> "`" + useCase + "`")
                                    .collect(Collectors.joining(" "))));
        }
        MadePage.check("permissions.md", page.append('\n').toString());
    }

    private static String small(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What a row's documentation says. */
    private static String said(Permission permission) throws IOException {
        String source = Files.readString(
                MadePage.root().resolve("pilot-core/src/main/java/dev/pilot/core/access/Permission.java"));
        Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + permission.name() + "\\(")
                .matcher(source);
        if (!found.find()) {
            throw new AssertionError(permission + " has no documentation of one line");
        }
        return found.group(1).replaceAll("\\{@code ([^}]*)}", "`$1`");
    }
}
