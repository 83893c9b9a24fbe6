package dev.pilot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
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

    @Test
    void anEmptyVariableHidesNothingAndAnEmptyFlagDoes(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("pilot.properties"), "admin.token=of-the-file\nhost=file\n");
        Settings settings = Settings.load(file, Map.of("PILOT_ADMIN_TOKEN", " "), Map.of("host", ""));
        assertThat(settings.secret("admin.token")).contains("of-the-file");
        assertThat(settings.text("host")).isEmpty();
        settings.done();
    }

    @Test
    void secretsAreKnownWhereverTheyWereSet(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("pilot.properties"),
                "tls.password=of-the-file\nstore.url=jdbc:postgresql://db/pilot?password=in-the-url\nhost=here\n");
        Settings settings =
                Settings.load(file, Map.of("PILOT_ADMIN_TOKEN", "of-a-variable"), Map.of("tls.password", "of-a-flag"));
        settings.secret("tls.password");
        settings.secret("admin.token");
        settings.text("store.url");
        settings.text("host");
        assertThat(settings.secrets())
                .containsExactlyInAnyOrder("of-a-variable", "of-a-flag", "of-the-file", "in-the-url");
    }

    @Test
    void aFileWithSecretsThatOthersMayReadIsToldOf(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("pilot.properties"),
                "admin.token=very-hidden\nstore.url=jdbc:x://a:b-hidden@c/d\nhost=h\n");
        assertThat(warnings(file, "rw-r--r--"))
                .singleElement()
                .asString()
                .contains("(admin.token, store.url)", "chmod 600 " + file)
                .doesNotContain("hidden");
        assertThat(warnings(file, "rw-r-----")).isEmpty();
        Files.writeString(file, "host=h\nadmin.token=\n");
        assertThat(warnings(file, "rw-r--r--")).isEmpty();
    }

    private static List<String> warnings(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Settings settings = Settings.load(file, Map.of(), Map.of());
        settings.secret("admin.token");
        return settings.warnings();
    }
}
