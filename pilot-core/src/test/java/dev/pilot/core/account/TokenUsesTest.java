package dev.pilot.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.NewToken;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenUsesTest {
    private final MovableClock clock = MovableClock.create();

    @TempDir
    Path directory;

    @Test
    void usesAreWrittenTogetherAndAtTheEnd() {
        NewToken token;
        Instant last;
        try (PilotHub hub = open(Duration.ofHours(1))) {
            token = hub.tokens().create(new CreateToken("ci", Rights.of(Scope.READER)));
            for (int i = 0; i < 100; i++) {
                clock.advance(Duration.ofSeconds(1));
                hub.door().admit(new Credentials(token.secret(), "192.0.2.1"));
            }
            last = clock.instant();
            assertThat(hub.tokens().get(token.token().id()).lastUsedAt()).isNull();
        }
        try (PilotHub hub = open(Duration.ofHours(1))) {
            assertThat(hub.tokens().get(token.token().id()).lastUsedAt()).isBetween(last.minusSeconds(1), last);
        }
    }

    @Test
    void usesAreWrittenNowAndThen() {
        try (PilotHub hub = open(Duration.ofMillis(20))) {
            NewToken token = hub.tokens().create(new CreateToken("ci", Rights.of(Scope.READER)));
            hub.door().admit(new Credentials(token.secret(), "192.0.2.1"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> hub.tokens().get(token.token().id()).lastUsedAt() != null);
        }
    }

    private PilotHub open(Duration every) {
        return PilotHub.open(PilotConfig.builder(directory)
                .access(AccessConfig.DEFAULTS.useNotes(every))
                .clock(clock)
                .build());
    }
}
