package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.Settings;
import dev.pilot.http.guard.Forwarding;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.http.guard.Tls;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorSettingsTest {
    @TempDir
    private Path directory;

    private ServerSettings settings(String... pairs) {
        Map<String, String> flags =
                new HashMap<>(Map.of("data.dir", directory.toString(), "port", "0", "worker.slots", "0"));
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return ServerSettings.from(Settings.load(null, Map.of(), flags));
    }

    @Test
    void beyondThisMachineAWayInOfOnesOwnIsNeeded() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> StandaloneServer.start(settings("host", "0.0.0.0")))
                .withMessageContaining("PILOT_ADMIN_TOKEN")
                .withMessageContaining("generated.token.beyond.loopback");
        for (String[] enough : new String[][] {
            {"host", "0.0.0.0", "admin.token", "a-token-of-my-very-own"},
            {"host", "0.0.0.0", "generated.token.beyond.loopback", "true"},
            {"host", "localhost"},
            {"host", "127.0.0.1"}
        }) {
            try (StandaloneServer server = StandaloneServer.start(settings(enough))) {
                assertThat(server.uri().getPort()).isPositive();
            }
        }
    }

    @Test
    void aTokenThatSomebodyMadeIsOnesOwn() {
        try (PilotHub hub = PilotHub.open(PilotConfig.builder(directory).build())) {
            hub.tokens().create(new CreateToken("ci", Rights.of(Scope.AGENT)));
        }
        try (StandaloneServer server = StandaloneServer.start(settings("host", "0.0.0.0"))) {
            assertThat(server.uri().getPort()).isPositive();
        }
    }

    @Test
    void whoIsNoLongerLetInIsNoWayIn() {
        MovableClock clock = MovableClock.create();
        try (PilotHub hub =
                PilotHub.open(PilotConfig.builder(directory).clock(clock).build())) {
            hub.tokens()
                    .revoke(hub.tokens()
                            .create(new CreateToken("old", Rights.of(Scope.AGENT)))
                            .token()
                            .id());
            hub.tokens()
                    .create(new CreateToken(
                            "over", Rights.of(Scope.AGENT), clock.instant().plusSeconds(60)));
            User user = hub.users().create(new CreateUser("anna", "a-long-password", Rights.of(Scope.ADMIN)));
            assertThat(KeptCallers.any(hub, clock.instant())).isTrue();
            hub.users().update(user.id(), UpdateUser.NOTHING.enabled(false));
            assertThat(KeptCallers.any(hub, clock.instant()))
                    .as("one holds for a minute")
                    .isTrue();
            clock.advance(Duration.ofMinutes(2));
            assertThat(KeptCallers.any(hub, clock.instant())).isFalse();
            hub.users().update(user.id(), UpdateUser.NOTHING.enabled(true));
            assertThat(KeptCallers.any(hub, clock.instant())).isTrue();
        }
    }

    @Test
    void whatIsSetIsWhatIsUsed() {
        ServerSettings set = settings(
                "rate.caller", "1",
                "rate.address", "2",
                "rate.burst", "3s",
                "rate.failures", "4",
                "rate.longest.wait", "5s",
                "rate.remembered", "6",
                "max.address.connections", "7",
                "header.timeout", "8s",
                "min.body.rate", "9",
                "trusted.proxies", "10.0.0.0/8, ::1",
                "proxy.headers", "forwarded",
                "tls.keystore", "store.p12",
                "tls.password", "open-sesame");
        assertThat(set.http().rates())
                .isEqualTo(new RateLimits(1, 2, Duration.ofSeconds(3), 4, Duration.ofSeconds(5), 6));
        assertThat(set.http().maxAddressConnections()).isEqualTo(7);
        assertThat(set.http().headerTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(set.http().bodyRate()).isEqualTo(9);
        assertThat(set.http().trustedProxies()).isEqualTo(Set.of("10.0.0.0/8", "::1"));
        assertThat(set.http().forwarding()).isEqualTo(Forwarding.FORWARDED);
        assertThat(set.http().tls()).isEqualTo(Tls.pkcs12(Path.of("store.p12"), "open-sesame"));
        assertThat(set.toString()).doesNotContain("open-sesame");
        assertThat(settings("tls.certificate", "a", "tls.key", "b").http().tls())
                .isEqualTo(Tls.pem(Path.of("a"), Path.of("b")));
    }

    @Test
    void whatContradictsItselfIsRefused() {
        for (String[] wrong : new String[][] {
            {"tls.keystore", "a"},
            {"tls.certificate", "a"},
            {"tls.keystore", "a", "tls.password", "p", "tls.key", "b"},
            {"trusted.proxies", "proxy.example.org"},
            {"proxy.headers", "both"},
            {"rate.caller", "-1"},
            {"rate.burst", "2h"},
            {"header.timeout", "0ms"}
        }) {
            assertThatExceptionOfType(InvalidInput.class)
                    .as(String.join(" ", wrong))
                    .isThrownBy(() -> settings(wrong));
        }
    }
}
