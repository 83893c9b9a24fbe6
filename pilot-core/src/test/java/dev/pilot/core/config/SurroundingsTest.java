package dev.pilot.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    private Path directory;

    private Path file(String name, String mode, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Surroundings read(Map<String, String> environment) {
        return Surroundings.read(environment, directory.resolve(".env"), false);
    }

    @Test
    void withoutFilesThereIsTheEnvironment() {
        Surroundings around = read(Map.of("A", "1", "MY_TOKEN", "0123456789"));
        assertThat(around.variables()).containsExactlyInAnyOrderEntriesOf(Map.of("A", "1", "MY_TOKEN", "0123456789"));
        assertThat(around.secrets()).containsExactly("0123456789");
    }

    @Test
    void anEnvFileIsReadLineByLine() throws IOException {
        file(".env", "rw-------", """
                # a comment
                PLAIN=a value # and a comment
                export EXPORTED=yes
                SINGLE='a # "b" $c'
                DOUBLE="two\\nlines \\"quoted\\" \\\\" # comment
                EMPTY=
                 SPACED = x\s
                URL=jdbc:postgresql://h/d?user=u&password=p#1
                """);
        assertThat(read(Map.of()).variables())
                .containsEntry("PLAIN", "a value")
                .containsEntry("EXPORTED", "yes")
                .containsEntry("SINGLE", "a # \"b\" $c")
                .containsEntry("DOUBLE", "two\nlines \"quoted\" \\")
                .containsEntry("EMPTY", "")
                .containsEntry("SPACED", "x")
                .containsEntry("URL", "jdbc:postgresql://h/d?user=u&password=p#1");
    }

    @Test
    void theEnvironmentGoesBeforeTheDirectoryAndThatBeforeTheFile() throws IOException {
        file(".env", "rw-------", "A_TOKEN=from-file\nB_TOKEN=from-file\nC_TOKEN=from-file\n");
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("a_token"), "from-directory\n");
        Files.writeString(secrets.resolve("b.token"), "from-directory\n");
        Files.createDirectory(secrets.resolve("..data"));
        Surroundings around = read(Map.of("A_TOKEN", "from-outside", "PILOT_SECRETS_DIR", secrets.toString()));
        assertThat(around.variables())
                .containsEntry("A_TOKEN", "from-outside")
                .containsEntry("B_TOKEN", "from-directory")
                .containsEntry("C_TOKEN", "from-file");
        assertThat(around.secrets()).contains("from-outside", "from-directory", "from-file");
        assertThat(around.toString()).doesNotContain("from-");
    }

    @Test
    void anEnvFileThatOthersMayReadIsRefusedAndASecretIsToldOf() throws IOException {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.setPosixFilePermissions(
                Files.writeString(secrets.resolve("x"), "value-of-x"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read(Map.of("CREDENTIALS_DIRECTORY", secrets.toString())).warnings())
                .singleElement()
                .asString()
                .contains("chmod 600", "x")
                .doesNotContain("value-of-x");
        file(".env", "rw-r--r--", "A=1\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void wrongLinesAreNamedByNumberAndNotShown() throws IOException {
        file(".env", "rw-------", "GOOD=1\nsecret words\nX='open\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(".env:2")
                .hasMessageContaining(".env:3")
                .hasMessageNotContaining("secret words")
                .hasMessageNotContaining("open");
    }

    @Test
    void aDirectoryThatIsNotThereIsSaidToBeSo() {
        assertThatThrownBy(() -> read(Map.of("PILOT_SECRETS_DIR", "/nowhere/at/all")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("PILOT_SECRETS_DIR");
    }

    @Test
    void aVariableThatIsEmptyHidesNothing() throws IOException {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("pilot_admin_token"), "from-directory\n");
        Files.writeString(secrets.resolve("b_token"), "\n");
        file(".env", "rw-------", "B_TOKEN=from-file\nPILOT_SECRETS_DIR='" + secrets + "'\n");
        Surroundings around =
                read(Map.of("PILOT_ADMIN_TOKEN", "", "B_TOKEN", " ", "PILOT_SECRETS_DIR", "", "ELSE", ""));
        assertThat(around.variables())
                .containsEntry("PILOT_ADMIN_TOKEN", "from-directory")
                .containsEntry("B_TOKEN", "from-file")
                .containsEntry("ELSE", "");
        assertThat(around.secrets()).containsExactlyInAnyOrder("from-directory", "from-file");
        assertThat(Surroundings.read(Map.of("PILOT_ENV_FILE", "")).warnings()).isEmpty();
    }

    @Test
    void passwordsInUrlsAreSecretsWhateverTheirName() {
        Surroundings around = read(Map.of(
                "PILOT_STORE_URL", "jdbc:postgresql://db/pilot?user=pilot&password=pass%2Fword-1&ssl=true",
                "DATABASE_URL", "postgres://me:pass-word-2@db:5432/app",
                "BROKER", "amqp://me:pass@word-3@mq",
                "OTHER_URL", "jdbc:sqlserver://db;user=me;password=pass-word-4;encrypt=true",
                "NO_URL", "a note: what://password= means"));
        assertThat(around.secrets())
                .contains("pass%2Fword-1", "pass/word-1", "pass-word-2", "pass@word-3", "pass-word-4")
                .noneMatch(secret -> secret.contains("means") || secret.contains("db"));
    }

    @Test
    void thePathOfTheServersKeyIsNoSecret() {
        assertThat(read(Map.of("PILOT_TLS_KEY", "/etc/pilot/key.pem", "MAX_TOKENS", "4096", "DB_PASS", "very-hidden"))
                        .secrets())
                .containsExactly("very-hidden");
    }
}
