package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Scope;
import dev.pilot.client.PilotClient;
import dev.pilot.core.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Users and tokens on the command line. */
@ResourceLock("the standard input")
class AccessCommandsTest {
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path directory;

    private StandaloneServer server;
    private InputStream input;

    @BeforeEach
    void serve() {
        input = System.in;
        Map<String, String> variables =
                Map.of("PILOT_DATA_DIR", directory.resolve("hub").toString(), "PILOT_PORT", "0");
        server = StandaloneServer.start(ServerSettings.from(Settings.load(
                null, variables, Map.of("worker.slots", "0", "password.memory", "64", "password.passes", "1"))));
    }

    @AfterEach
    void stop() {
        System.setIn(input);
        server.close();
    }

    private Called pilot(String... args) {
        List<String> line = new ArrayList<>(List.of(args));
        line.addAll(List.of("--hub", server.uri().toString()));
        line.addAll(List.of("--token-file", server.tokenFile().toString()));
        return Called.pilot(line.toArray(String[]::new));
    }

    private static void type(String line) {
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theFirstAdminIsMadeByOneCommand() {
        type(PASSWORD);
        Called added = pilot("user", "add", "anna", "--admin", "--email", "anna@example.org");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("anna may log in").doesNotContain(PASSWORD);
        try (Pilot anna = PilotClient.logIn(server.uri(), new LogIn("anna", PASSWORD))) {
            assertThat(anna.account().identity().caller().scopes()).containsExactly(Scope.ADMIN);
        }
        assertThat(pilot("user", "list").out()).isEqualTo("anna  admin" + System.lineSeparator());
    }

    @Test
    void aUserIsDisabledEnabledGivenAPasswordAndDeleted() {
        type(PASSWORD);
        assertThat(pilot("user", "add", "otto", "--scope", "reader,worker", "--no-decisions")
                        .code())
                .isZero();
        assertThat(pilot("user", "disable", "otto").out()).contains("otto is disabled.");
        assertThat(pilot("user", "list").out()).contains("otto  reader,worker, no decisions, disabled");
        assertThat(pilot("user", "enable", "otto").out()).contains("otto is enabled.");
        type("another horse battery");
        assertThat(pilot("user", "password", "otto").code()).isZero();
        PilotClient.logIn(server.uri(), new LogIn("otto", "another horse battery"))
                .close();
        assertThat(pilot("user", "delete", "otto").code()).isZero();
        assertThat(pilot("user", "delete", "otto").code()).isEqualTo(1);
    }

    @Test
    void aTokenIsPrintedOnceListedAndRevoked() {
        Called added = pilot("token", "add", "ci", "--scope", "agent", "--proposes");
        assertThat(added.code()).as(added.err()).isZero();
        String secret = added.out().strip();
        assertThat(secret).matches("pilot_[0-9A-Za-z]{49}");
        assertThat(added.err()).contains("not shown again").doesNotContain(secret);
        try (Pilot ci = PilotClient.connect(server.uri(), secret)) {
            assertThat(ci.account().identity().caller().proposes()).isTrue();
        }
        assertThat(pilot("token", "list").out())
                .contains("ci, agent, proposes, until ")
                .doesNotContain(secret);
        assertThat(pilot("token", "revoke", "ci").out()).contains("revoked");
        assertThat(pilot("token", "revoke", "ci").code()).isEqualTo(1);
        assertThat(pilot("token", "add", "for-ever", "--admin", "--expires", "never")
                        .err())
                .contains("for ever");
    }

    @Test
    void whatIsWrongIsSaid() {
        type("");
        assertThat(pilot("user", "add", "anna", "--admin").err()).contains("password");
        type(PASSWORD);
        assertThat(pilot("user", "add", "anna").err()).contains("--scope");
        assertThat(pilot("token", "add", "ci", "--scope", "king").err()).contains("--scope");
        assertThat(pilot("token", "add", "ci", "--admin", "--expires", "soon").err())
                .contains("--expires");
        assertThat(pilot("user", "add", "anna", "--password", "x").code()).isEqualTo(2);
        assertThat(Called.pilot("user").out()).contains("add", "disable");
    }
}
