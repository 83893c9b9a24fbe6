package dev.pilot.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.Door;
import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFilter;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.AccessConfig;
import dev.pilot.core.config.PasswordCost;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.testkit.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused is on record, and can't fill it. */
class RefusalsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String WRONG = "wrong-token-0123456789";

    @TempDir
    private Path directory;

    private final MovableClock clock = MovableClock.create();
    private PilotHub hub;

    @BeforeEach
    void open() {
        hub = PilotHub.open(PilotConfig.builder(directory.resolve("data"))
                .sweepEvery(Duration.ofMillis(20))
                .access(AccessConfig.DEFAULTS.passwords(new PasswordCost(12, 64, 1, 1, 2, 64)))
                .clock(clock)
                .build());
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private List<AuditEvent> recorded(AuditKind kind) {
        AuditFilter filter = AuditFilter.builder().kind(kind).oldestFirst(true).build();
        List<AuditEvent> all = new ArrayList<>();
        PageRequest request = PageRequest.first(500);
        while (true) {
            Page<AuditEvent> page = hub.audit().list(filter, request);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            request = request.after(page.next());
        }
    }

    private static long count(List<AuditEvent> events) {
        return events.stream()
                .mapToLong(event -> event.data().number("count", 1))
                .sum();
    }

    private static void knock(Door door, String token, String address) {
        assertThatThrownBy(() -> door.admit(new Credentials(token, address))).isInstanceOf(Unauthenticated.class);
    }

    private static void eventually(Runnable check) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(check::run);
    }

    @Test
    void whoTriesTokensIsOnRecordOnceAMinuteWithHowOften() {
        Door door = hub.door();
        for (int i = 0; i < 300; i++) {
            knock(door, WRONG + i, "10.0.0.1");
        }
        eventually(() -> assertThat(recorded(AuditKind.LOG_IN)).hasSize(1));
        clock.advance(Duration.ofSeconds(61));
        eventually(() -> assertThat(count(recorded(AuditKind.LOG_IN))).isEqualTo(300));
        List<AuditEvent> events = recorded(AuditKind.LOG_IN);
        assertThat(events).hasSizeLessThanOrEqualTo(2).allSatisfy(event -> {
            assertThat(event.host()).isEqualTo("10.0.0.1");
            assertThat(event.decision()).isEqualTo(AuditDecision.DENIED);
            assertThat(event.toString())
                    .as("what was shown may be almost right")
                    .doesNotContain(WRONG);
        });
    }

    @Test
    void manyAddressesDoNotFillTheRecord() {
        Door door = hub.door();
        for (int i = 0; i < 3_000; i++) {
            knock(door, WRONG, "10.0." + i / 250 + "." + i % 250);
        }
        clock.advance(Duration.ofSeconds(61));
        eventually(() -> assertThat(count(recorded(AuditKind.LOG_IN))).isEqualTo(3_000));
        assertThat(recorded(AuditKind.LOG_IN)).hasSizeLessThanOrEqualTo(1_002);
    }

    @Test
    void whoShowsNothingHasNotTried() {
        knock(hub.door(), "", "10.0.0.2");
        knock(hub.door(), WRONG, "10.0.0.3");
        eventually(() -> assertThat(recorded(AuditKind.LOG_IN)).hasSize(1));
        assertThat(recorded(AuditKind.LOG_IN).get(0).host()).isEqualTo("10.0.0.3");
    }

    @Test
    void refreshTokensThatAreMadeUpOrOverAreOnRecord() {
        hub.users().create(new CreateUser("anna", PASSWORD, Rights.of(Scope.READER)));
        Door door = hub.door();
        Session session = door.logIn(new LogIn("anna", PASSWORD), "10.0.0.4");
        clock.advance(Duration.ofDays(400));
        for (String token : List.of(WRONG, session.refreshToken())) {
            assertThatThrownBy(() -> door.refresh(token)).isInstanceOf(Unauthenticated.class);
        }
        clock.advance(Duration.ofSeconds(61));
        eventually(() -> assertThat(count(refused("unauthenticated"))).isEqualTo(2));
        assertThat(refused("unauthenticated"))
                .allSatisfy(
                        event -> assertThat(event.host()).as("nobody knows it").isNull());
    }

    @Test
    void whoGoesOnGuessingWhileLockedIsOnRecord() {
        Door door = hub.door();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> door.logIn(new LogIn("anna", "wrong"), "10.0.0.5"))
                    .isInstanceOf(Unauthenticated.class);
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> door.logIn(new LogIn("anna", "wrong"), "10.0.0.5"))
                    .isInstanceOf(OverLimit.class);
        }
        clock.advance(Duration.ofSeconds(61));
        eventually(() -> assertThat(count(refused("log-in-locked"))).isEqualTo(3));
        assertThat(count(refused("unauthenticated"))).isEqualTo(5);
        assertThat(refused("log-in-locked"))
                .allSatisfy(event -> assertThat(event.host()).isEqualTo("10.0.0.5"));
    }

    private List<AuditEvent> refused(String code) {
        return recorded(AuditKind.LOG_IN).stream()
                .filter(event -> event.reason().equals(code))
                .toList();
    }

    @Test
    void whatIsRefusedJustBeforeTheEndIsOnRecordToo() {
        assertThatThrownBy(() ->
                        hub.as(Caller.of("reader-1", Scope.READER)).projects().create(CreateProject.named("project")))
                .isInstanceOf(Forbidden.class);
        hub.close();
        open();
        assertThat(recorded(AuditKind.PERMISSION)).singleElement().satisfies(event -> {
            assertThat(event.who()).isEqualTo("reader-1");
            assertThat(event.target()).isEqualTo("projects.create");
            assertThat(event.reason()).isEqualTo("scope-missing");
        });
        assertThat(hub.audit().verify().isIntact()).isTrue();
    }
}
