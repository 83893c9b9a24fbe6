package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.core.config.Settings;
import dev.pilot.core.system.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the docs say of settings and limits is what the code has. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "settings.md");

    @Test
    void everySettingIsInTheDocsAndNoOther() throws IOException {
        Settings settings = Settings.load(null, Map.of(), Map.of());
        ServerSettings.from(settings);

        assertThat(rows("\\| `([a-z.]+)` \\| (?![0-9]+ )([^|]+) \\|").keySet()).isEqualTo(settings.known());
    }

    @Test
    void everyDefaultInTheDocsIsTheOneThatWouldBeSet() throws IOException {
        Map<String, String> defaults = rows("\\| `([a-z.]+)` \\| `([^`]+)` \\|");

        assertThat(ServerSettings.from(Settings.load(null, Map.of(), defaults)))
                .isEqualTo(ServerSettings.from(Settings.load(null, Map.of(), Map.of())));
    }

    @Test
    void everyLimitIsInTheDocs() throws IOException {
        Map<String, String> limits = new TreeMap<>();
        Limits.all().forEach((name, value) -> limits.put(name, value.toString()));

        assertThat(rows("\\| `([a-zA-Z]+)` \\| ([0-9]+) \\|")).isEqualTo(limits);
    }

    private static Map<String, String> rows(String row) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher found = Pattern.compile("(?m)^" + row).matcher(Files.readString(PAGE));
        while (found.find()) {
            rows.put(found.group(1), found.group(2));
        }
        assertThat(new TreeSet<>(rows.keySet())).isNotEmpty();
        return rows;
    }
}
