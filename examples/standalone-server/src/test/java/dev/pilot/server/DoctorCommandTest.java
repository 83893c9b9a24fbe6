package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.value.Json;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.Settings;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    void aKeyFileThatHoldsNoKeysFails() throws IOException {
        hub();
        for (String name : new String[] {"session.keys", "audit.key"}) {
            Path key = directory.resolve("data").resolve(name);
            String kept = Files.readString(key);
            for (String wrong : new String[] {"", "not a key\n", kept.substring(1)}) {
                Files.writeString(key, wrong);
                assertThat(doctor().out()).contains("fail  " + name, "bring it back");
            }
            Files.writeString(key, kept);
        }
        Called well = doctor();
        assertThat(well.out()).contains("ok    session.keys");
        assertThat(well.code()).isZero();
        Files.writeString(directory.resolve("data").resolve("admin.token"), "\n");
        assertThat(doctor().out()).contains("fail  admin.token");
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
    void aDatabaseThatOtherMigrationsMadeFails() throws SQLException {
        hub();
        Path file = directory.resolve("data").resolve("control_plane").resolve("pilot.sqlite3");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update schema_history set checksum = 7 where version = '1'");
        }
        Called called = doctor();
        assertThat(called.out()).contains("fail  database", "which this Pilot didn't make");
        assertThat(called.code()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsNotThereIsNotMadeNorIsItsDirectory() {
        Path elsewhere = directory.resolve("elsewhere");
        Called called = doctor("--set", "store.url=jdbc:sqlite:" + elsewhere.resolve("pilot.sqlite3"));
        assertThat(called.code()).isZero();
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void beyondThisMachineItAsksWhatServeAsks() {
        assertThat(doctor("--set", "host=0.0.0.0").out()).contains("fail  host", "./pilot user add");
        TokenId id;
        try (PilotHub hub =
                PilotHub.open(PilotConfig.builder(directory.resolve("data")).build())) {
            id = hub.tokens()
                    .create(new CreateToken("ci", Rights.of(Scope.AGENT)))
                    .token()
                    .id();
        }
        Called well = doctor("--set", "host=0.0.0.0");
        assertThat(well.out()).contains("warn  host", "without TLS");
        assertThat(well.code()).isZero();
        try (PilotHub hub =
                PilotHub.open(PilotConfig.builder(directory.resolve("data")).build())) {
            hub.tokens().revoke(id);
        }
        assertThat(doctor("--set", "host=0.0.0.0").out()).contains("fail  host");
        assertThat(doctor("--set", "host=0.0.0.0", "--set", "admin.token=a-token-of-my-very-own")
                        .out())
                .doesNotContain("fail");
    }

    @Test
    void theCertificateIsReadAsTheServerReadsIt() throws IOException {
        String certificate = tls("current.pem", "rw-r--r--");
        String key = tls("current.key.pem", "rw-r-----");
        Called well = doctor("--set", "tls.certificate=" + certificate, "--set", "tls.key=" + key);
        assertThat(well.out()).contains("ok    tls", "CN=current.pilot.test holds until 21");
        assertThat(well.code()).isZero();
        assertThat(doctor(
                                "--set",
                                "tls.certificate=" + certificate,
                                "--set",
                                "tls.key=" + tls("other.key.pem", "rw-------"))
                        .out())
                .contains("fail  tls", "not the certificate's");
        assertThat(doctor("--set", "tls.certificate=" + certificate, "--set", "tls.key=" + key + ".none")
                        .out())
                .contains("fail  tls", key + ".none");
        assertThat(doctor(
                                "--set",
                                "tls.keystore=" + tls("over.p12", "rw-------"),
                                "--set",
                                "tls.password=for-tests-only")
                        .out())
                .contains("fail  tls", "is over since 2020-01-02")
                .doesNotContain("for-tests-only");
        tls("current.key.pem", "rw-r--r--");
        assertThat(doctor("--set", "tls.certificate=" + certificate, "--set", "tls.key=" + key)
                        .out())
                .contains("fail  tls key", "-> chmod o-rwx " + key);
    }

    private String tls(String name, String mode) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream in = Objects.requireNonNull(DoctorCommandTest.class.getResourceAsStream("tls/" + name))) {
            Files.write(file, in.readAllBytes());
        }
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode))
                .toString();
    }

    @Test
    void aHubThatServesIsKnownAsOneAlsoOverTlsAndAtAnAddressOfVersionSix() throws IOException {
        String[] pair = {
            "tls.certificate", tls("current.pem", "rw-r--r--"), "tls.key", tls("current.key.pem", "rw-------")
        };
        isKnown("host", "127.0.0.1");
        isKnown("host", "127.0.0.1", pair[0], pair[1], pair[2], pair[3]);
        isKnown("host", "0.0.0.0", "admin.token", "a-token-of-my-very-own", pair[0], pair[1], pair[2], pair[3]);
        if (isThere("::1")) {
            isKnown("host", "::1");
            isKnown("host", "::1", pair[0], pair[1], pair[2], pair[3]);
        }
    }

    private static boolean isThere(String address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException absent) {
            return false;
        }
    }

    private void isKnown(String... pairs) {
        Map<String, String> flags = new LinkedHashMap<>(
                Map.of("data.dir", directory.resolve("data").toString(), "port", "0", "worker.slots", "0"));
        List<String> options = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
            options.addAll(List.of("--set", pairs[i] + "=" + pairs[i + 1]));
        }
        try (StandaloneServer server =
                StandaloneServer.start(ServerSettings.from(Settings.load(null, Map.of(), flags)))) {
            options.addAll(List.of("--set", "port=" + server.uri().getPort()));
            Called called = doctor(options.toArray(new String[0]));
            assertThat(called.out())
                    .contains("ok    port           a hub serves at")
                    .doesNotContain("fail");
            assertThat(called.code()).isZero();
        }
    }

    @Test
    void somethingElseAtThePortFails() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> hangUp(other));
            hangingUp.start();
            assertThat(doctor("--set", "port=" + other.getLocalPort()).out()).contains("fail  port");
        }
    }

    private static void hangUp(ServerSocket socket) {
        try {
            socket.accept().close();
        } catch (IOException closed) {
            // nobody asked
        }
    }

    @Test
    void aPropertiesFileWithSecretsThatOthersMayReadFails() throws IOException {
        Path file = Files.writeString(
                directory.resolve("pilot.properties"),
                "admin.token=hidden-token-0123456789\nstore.url=jdbc:postgresql://127.0.0.1:1/none?password=hidden-too\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Called called = doctor("--config", file.toString());
        assertThat(called.out())
                .contains("fail  secrets", "admin.token, store.url", "chmod 600")
                .doesNotContain("hidden-");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(doctor("--config", file.toString()).out()).doesNotContain("fail  secrets");
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
