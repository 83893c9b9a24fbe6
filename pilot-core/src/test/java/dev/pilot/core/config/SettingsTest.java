package dev.pilot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void flagsOverrideVariablesOverrideTheFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pilot.properties"), "port=1\nhost=file\ndata.dir=file\n");
        Settings settings =
                Settings.load(file, Map.of("PILOT_PORT", "2", "PILOT_HOST", "variable"), Map.of("port", "3"));
        assertThat(settings.number("port", 0)).isEqualTo(3);
        assertThat(settings.text("host")).contains("variable");
        assertThat(settings.text("data.dir")).contains("file");
        settings.done();
    }

    @Test
    void anUnknownKeyIsAnErrorWithTheNearestOne() {
        Settings settings = Settings.load(null, Map.of("PILOT_PROT", "7878"), Map.of());
        settings.number("port", 0);
        assertThatThrownBy(settings::done)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("PILOT_PROT")
                .hasMessageContaining("did you mean port?");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Settings settings = Settings.load(null, Map.of(), Map.of("port", "x", "wait", "soon", "open", "maybe"));
        settings.number("port", 0);
        settings.duration("wait", Duration.ZERO);
        settings.flag("open", false);
        assertThatThrownBy(settings::done)
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.fields()).hasSize(3));
    }

    @Test
    void spansOfTimeAreReadInTheUsualForms() {
        Settings settings =
                Settings.load(null, Map.of(), Map.of("a", "500ms", "b", "30s", "c", "10m", "d", "1h", "e", "PT2S"));
        assertThat(settings.duration("a", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.duration("b", Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.duration("c", Duration.ZERO)).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.duration("d", Duration.ZERO)).isEqualTo(Duration.ofHours(1));
        assertThat(settings.duration("e", Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
        settings.done();
    }
}
