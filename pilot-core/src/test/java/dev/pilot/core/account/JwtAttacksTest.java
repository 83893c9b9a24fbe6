package dev.pilot.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Door;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Who comes in with a token that the hub has not written, or that no longer holds: nobody. */
class JwtAttacksTest {
    private static final String PASSWORD = "correct horse battery";

    private final MovableClock clock = MovableClock.create();

    @TempDir
    Path directory;

    private PilotHub hub;
    private Door door;

    @BeforeEach
    void open() {
        hub = open(directory.resolve("data"));
        door = hub.door();
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private PilotHub open(Path data) {
        return PilotHub.open(PilotConfig.builder(data)
                .access(AccessConfig.DEFAULTS
                        .passwords(new PasswordCost(12, 64, 1, 1, 2, 64))
                        .cache(Duration.ZERO))
                .clock(clock)
                .build());
    }

    private static Session logIn(PilotHub at, String name) {
        at.users().create(new CreateUser(name, PASSWORD, Rights.of(Scope.ADMIN)));
        return at.door().logIn(new LogIn(name, PASSWORD), "192.0.2.1");
    }

    @Test
    void noForgedTokenIsAccepted(TestReporter reporter) throws Exception {
        String good = logIn(hub, "anna").accessToken();
        String other = logIn(hub, "otto").accessToken();
        assertThat(identity(good).caller().name()).isEqualTo("anna");
        byte[] key = key(directory.resolve("data"));

        Set<String> forged = new ForgedTokens(good, key).all(other, clock.instant());

        List<String> accepted = accepted(forged);
        reporter.publishEntry("accepted " + accepted.size() + " of " + forged.size());
        assertThat(accepted).isEmpty();
        assertThat(forged).hasSizeGreaterThan(10_000);
        assertThat(identity(good).caller().name()).isEqualTo("anna");
    }

    /** What shows that the attacks above are refused for what is wrong with them, and not for how they are made. */
    @Test
    void whatIsSignedAndWrittenLikeThatIsAccepted() throws Exception {
        String good = logIn(hub, "anna").accessToken();
        String[] parts = good.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), java.nio.charset.StandardCharsets.UTF_8);
        javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec(key(directory.resolve("data")), "HmacSHA256"));
        String again = payload.replaceAll("(\"exp\":[0-9]+)[0-9]", "$10");
        String input = parts[0] + "." + ForgedTokens.encode(again);
        byte[] signature = mac.doFinal(input.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        String token = input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        assertThat(identity(token).caller().name()).isEqualTo("anna");
    }

    @Test
    void theTokenOfAnotherHubIsRefusedEvenIfItHasTheSameKey() throws Exception {
        Path data = directory.resolve("other");
        Files.createDirectory(data);
        Files.copy(directory.resolve("data").resolve("session.keys"), data.resolve("session.keys"));
        try (PilotHub other = open(data)) {
            String foreign = logIn(other, "anna").accessToken();
            logIn(hub, "anna");
            assertThat(foreign.split("\\.")[0]).isEqualTo(header(logIn(hub, "otto")));
            assertThat(accepted(Set.of(foreign))).isEmpty();
            assertThat(other.door()
                            .admit(new Credentials(foreign, "x"))
                            .account()
                            .identity()
                            .caller()
                            .name())
                    .isEqualTo("anna");
        }
    }

    @Test
    void aTokenIsOverToTheSecondAndNotValidBeforeItsTime() {
        Session session = logIn(hub, "anna");
        clock.advance(session.expiresIn().minusSeconds(2));
        assertThat(identity(session.accessToken()).caller().name()).isEqualTo("anna");
        clock.advance(Duration.ofSeconds(2));
        assertThat(accepted(Set.of(session.accessToken()))).isEmpty();
        clock.advance(Duration.ofHours(-1));
        assertThat(accepted(Set.of(session.accessToken()))).isEmpty();
    }

    @Test
    void theKeysAreTheOwnersAloneAndOutliveTheHub() throws Exception {
        Session session = logIn(hub, "anna");
        Path file = directory.resolve("data").resolve("session.keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(hub.redactor().redact(Files.readString(file).strip())).isEqualTo("[redacted]");
        restart();
        assertThat(identity(session.accessToken()).caller().name()).isEqualTo("anna");
    }

    @Test
    void aKeyIsReplacedInTwoSteps() throws Exception {
        Session old = logIn(hub, "anna");
        Path file = directory.resolve("data").resolve("session.keys");
        String before = Files.readString(file);
        String fresh = "0".repeat(64) + "\n";

        Files.writeString(file, fresh + before);
        restart();
        assertThat(identity(old.accessToken()).caller().name()).isEqualTo("anna");
        Session next = door.refresh(old.refreshToken());
        assertThat(header(next)).isNotEqualTo(header(old));

        Files.writeString(file, fresh);
        restart();
        assertThat(identity(next.accessToken()).caller().name()).isEqualTo("anna");
        assertThat(accepted(Set.of(old.accessToken()))).isEmpty();
        assertThat(identity(door.refresh(next.refreshToken()).accessToken())
                        .caller()
                        .name())
                .isEqualTo("anna");
    }

    private void restart() {
        hub.close();
        open();
    }

    private Identity identity(String token) {
        return door.admit(new Credentials(token, "192.0.2.1")).account().identity();
    }

    private List<String> accepted(Set<String> tokens) {
        List<String> accepted = new ArrayList<>();
        for (String token : tokens) {
            try {
                identity(token);
                accepted.add(token);
            } catch (Unauthenticated refused) {
                // as it should be
            }
        }
        return accepted;
    }

    private static String header(Session session) {
        return session.accessToken().split("\\.")[0];
    }

    private static byte[] key(Path data) throws java.io.IOException {
        return HexFormat.of()
                .parseHex(Files.readString(data.resolve("session.keys")).strip());
    }
}
