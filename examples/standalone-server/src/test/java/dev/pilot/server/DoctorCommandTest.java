package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.value.Json;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path directory;

    private Called doctor(String... more) {
        String[] all = new String[more.length + 5];
        all[0] = "doctor";
        all[1] = "--data-dir";
        all[2] = directory.resolve("data").toString();
        all[3] = "--set";
        all[4] = "port=0";
        System.arraycopy(more, 0, all, 5, more.length);
        return Called.pilot(all);
    }

    private void hub() {
        try (PilotHub hub =
                PilotHub.open(PilotConfig.builder(directory.resolve("data")).build())) {
            assertThat(hub.door()).isNotNull();
        }
    }

    @Test
    void beforeTheFirstStartAllIsWell() {
        Called called = doctor();
        assertThat(called.out())
                .contains("ok    java", "ok    configuration", "will be made", "ok    disk", "ok    port")
                .doesNotContain("fail");
        assertThat(called.code()).isZero();
        assertThat(directory.resolve("data")).as("it changes nothing").doesNotExist();
    }

    @Test
    void afterItTooAndItSaysWhatIsThere() {
        hub();
        Called called = doctor();
        assertThat(called.out())
                .contains("ok    admin.token", "ok    audit.key", "ok    database", "sqlite", "schema ");
        assertThat(called.code()).isZero();
    }

    @Test
    void aKeyThatOthersMayReadFailsWithWhatToDo() throws IOException {
        hub();
        Path key = directory.resolve("data").resolve("audit.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        Called called = doctor();
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).contains("fail  audit.key", "-> chmod 600 " + key);
    }

    @Test
    void aWrongSettingFailsAndATokenIsNeverShown() {
        Called called = doctor("--set", "prot=1");
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).contains("fail  configuration", "did you mean port?");

        String token = "0123456789-secret-0123456789";
        Called same = doctor("--set", "agent.token=" + token, "--set", "worker.token=" + token);
        assertThat(same.code()).isEqualTo(1);
        assertThat(same.out()).contains("two of the tokens are the same");
        assertThat(same.out() + same.err()).doesNotContain(token);
    }

    @Test
    void aDatabaseThatCanNotBeReachedFails() {
        Called called =
                doctor("--set", "store.url=jdbc:postgresql://127.0.0.1:1/none?user=u&password=hidden-password-1");
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).contains("fail  database").doesNotContain("hidden-password-1");
    }

    @Test
    void programsGetAnObject() {
        Json.Obj all = (Json.Obj) WireCodec.parse(doctor("--json").out());
        Json.Arr findings = (Json.Arr) Objects.requireNonNull(all.get("findings"));
        assertThat(findings.items())
                .allSatisfy(finding ->
                        assertThat(((Json.Obj) finding).text("state")).isIn("ok", "warn"));
    }

    @Test
    void theRecordOfAStoppedHubIsChecked() throws IOException {
        hub();
        String data = directory.resolve("data").toString();
        Called intact = Called.pilot("audit", "verify", "--stopped", "--data-dir", data);
        assertThat(intact.out()).startsWith("Intact: 0 records");
        assertThat(intact.code()).isZero();
        Files.writeString(directory.resolve("data").resolve("audit.head"), "7 0 abc def\n");
        Called forged = Called.pilot("audit", "verify", "--stopped", "--data-dir", data, "--json");
        assertThat(forged.code()).isEqualTo(1);
        assertThat(forged.out()).contains("\"fault\":\"seal\"");
    }
}
