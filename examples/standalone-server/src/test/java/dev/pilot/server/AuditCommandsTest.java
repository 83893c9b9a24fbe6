package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Checking the record of decisions makes nothing, and writing it out is never half done in silence. */
class AuditCommandsTest {
    private static final int EVENTS = 1_500;

    @TempDir
    private Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Called verify(Path data) {
        return Called.pilot("audit", "verify", "--stopped", "--data-dir", data.toString());
    }

    private void hub() {
        try (PilotHub hub = PilotHub.open(PilotConfig.builder(data()).build())) {
            assertThat(hub.audit().ingest(events())).hasSize(3);
        }
    }

    private static List<NewAuditEvent> events() {
        return IntStream.range(0, 3).mapToObj(AuditCommandsTest::event).toList();
    }

    private static NewAuditEvent event(int i) {
        return NewAuditEvent.builder(AuditKind.PATH, AuditOperation.READ, "/etc/ü/" + i, AuditDecision.ALLOWED)
                .reason("one line\nand another")
                .build();
    }

    @Test
    void whereNoHubIsNoneIsMade() throws IOException {
        Called called = verify(data());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("There is no hub in " + data(), "(no-hub)");
        assertThat(data()).doesNotExist();

        Files.createDirectory(data());
        assertThat(verify(data()).code()).isEqualTo(1);
        Files.writeString(data().resolve("hub.id"), "hub_1\n");
        assertThat(verify(data()).err()).contains("There is no database in " + data());
        assertThat(data()).isDirectoryNotContaining("glob:**/control_plane");
        assertThat(data()).isDirectoryNotContaining("glob:**/audit.key");
    }

    @Test
    void aKeyThatIsGoneIsSaidAndNotMade() throws IOException {
        hub();
        assertThat(verify(data()).out()).startsWith("Intact: 3 records");
        Path key = data().resolve("audit.key");
        Files.delete(key);
        Called called = verify(data());
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains(key.toString(), "(key-file)");
        assertThat(key).doesNotExist();
    }

    @Test
    void whatTheHubNoticedTheDoctorTells() throws IOException {
        hub();
        Files.writeString(data().resolve("audit.head"), "nonsense\n");
        hub();
        Called called = Called.pilot("doctor", "--data-dir", data().toString(), "--set", "port=0");
        assertThat(called.out()).contains("fail  audit", "audit.head", "can't be read as a seal");
        assertThat(called.code()).isEqualTo(1);
        Called verified = verify(data());
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("Not intact, seal", "it was damaged");
    }

    private List<Called> exports(String... formats) throws Exception {
        Map<String, String> variables = Map.of("PILOT_DATA_DIR", data().toString(), "PILOT_PORT", "0");
        List<Called> all = new ArrayList<>();
        try (StandaloneServer server = StandaloneServer.start(
                        ServerSettings.from(Settings.load(null, variables, Map.of("worker.slots", "0"))));
                Pilot pilot = PilotClient.connect(
                        server.uri(), Files.readString(server.tokenFile()).strip())) {
            for (int from = 0; from < EVENTS; from += 500) {
                assertThat(pilot.audit()
                                .ingest(IntStream.range(from, from + 500)
                                        .mapToObj(AuditCommandsTest::event)
                                        .toList()))
                        .hasSize(500);
            }
            for (String format : formats) {
                String to = format.equals("full")
                        ? "/dev/full"
                        : directory.resolve("audit." + format).toString();
                all.add(Called.pilot(
                        "audit",
                        "export",
                        "--to",
                        to,
                        "--format",
                        format.equals("full") ? "jsonl" : format,
                        "--hub",
                        server.uri().toString(),
                        "--token-file",
                        server.tokenFile().toString()));
            }
        }
        return all;
    }

    @Test
    void anExportEndsWithHowManyAndTheHashOfTheLast() throws Exception {
        for (Called called : exports("jsonl", "csv")) {
            assertThat(called.code()).as(called.err()).isZero();
            assertThat(called.err()).startsWith(EVENTS + " records, ");
            String verified = verify(data()).out();
            String head = verified.substring(verified.indexOf("head") + 4).strip();
            assertThat(called.err().strip()).endsWith("hash  " + head);
        }
        assertThat(Files.readAllLines(directory.resolve("audit.jsonl")))
                .hasSize(EVENTS)
                .allMatch(line -> line.contains("/etc/ü/"));
    }

    static boolean isThereAFullDisk() {
        return Files.isWritable(Path.of("/dev/full"));
    }

    @Test
    @EnabledIf("isThereAFullDisk")
    void anExportToAFullDiskFails() throws Exception {
        Called called = exports("full").get(0);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .contains("The export is not whole", "(export-cut)")
                .doesNotContain("fault of the program");
    }

    /** What answers here is no hub, but breaks off as one that is killed. */
    @Test
    void anExportThatBreaksOffFails() throws IOException, InterruptedException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hub = new Thread(() -> breakOff(listening));
            hub.start();
            Called called = Called.pilot(
                    "audit",
                    "export",
                    "--to",
                    directory.resolve("cut").toString(),
                    "--hub",
                    "http://127.0.0.1:" + listening.getLocalPort(),
                    "--token",
                    "a-token-0123456789");
            assertThat(called.code()).isEqualTo(1);
            assertThat(called.err()).contains("can't be read from the hub", "(export-cut)");
            hub.join();
        }
    }

    private static void breakOff(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            byte[] request = new byte[8_192];
            assertThat(socket.getInputStream().read(request)).isPositive();
            String begun =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{\"sequence\":1";
            socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
