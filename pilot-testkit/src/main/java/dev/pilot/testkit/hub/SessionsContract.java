package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Entrance;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.User;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a hub promises about log-in. */
public abstract class SessionsContract extends AccessStage {
    private static final int AT_ONCE = 6;

    /** For subclasses. */
    protected SessionsContract() {}

    @Test
    void whoLogsInIsKnownUntilTheTokenIsOver() {
        User user = user(Rights.of(Scope.OPERATOR));
        Instant before = fixture().clock().instant();
        Session session = logIn(user);

        Identity identity = enter(session.accessToken()).account().identity();

        assertThat(session.user()).isEqualTo(user);
        assertThat(session.expiresIn()).isEqualTo(Duration.ofMinutes(15));
        assertThat(session.refreshExpiresIn()).isEqualTo(Duration.ofDays(7));
        assertThat(identity.caller()).isEqualTo(user.caller());
        assertThat(identity.via()).isEqualTo(Entrance.SESSION);
        assertThat(identity.userId()).isEqualTo(user.id());
        assertThat(identity.expiresAt())
                .isBetween(before.plus(Duration.ofMinutes(15)).minusSeconds(1), before.plus(Duration.ofMinutes(16)));
        fixture().clock().advance(Duration.ofMinutes(16));
        refusedAtTheDoor(session.accessToken());
    }

    @Test
    void aRefreshGoesOnAndUsesUpItsToken() {
        User user = user(Rights.of(Scope.READER));
        Session first = logIn(user);
        fixture().clock().advance(Duration.ofMinutes(16));

        Session second = fixture().door().refresh(first.refreshToken());
        Session third = fixture().door().refresh(second.refreshToken());

        assertThat(Set.of(first.refreshToken(), second.refreshToken(), third.refreshToken()))
                .hasSize(3);
        assertThat(third.user()).isEqualTo(user);
        assertThat(enter(third.accessToken()).account().identity().sessionId())
                .isEqualTo(enter(second.accessToken()).account().identity().sessionId());
    }

    @Test
    void aRefreshTokenThatIsUsedTwiceEndsItsSessionAndNoOther() {
        User user = user(Rights.of(Scope.READER));
        Session other = logIn(user);
        Session first = logIn(user);
        Session second = fixture().door().refresh(first.refreshToken());
        enter(second.accessToken()).account().identity();

        refused(Unauthenticated.class, () -> fixture().door().refresh(first.refreshToken()));

        refused(Unauthenticated.class, () -> fixture().door().refresh(second.refreshToken()));
        refusedAtTheDoor(second.accessToken());
        assertThat(enter(other.accessToken()).account().identity().userId()).isEqualTo(user.id());
        assertThat(events(about(user)).stream()
                        .filter(event -> event.level() == Level.WARN)
                        .map(Event::type))
                .containsExactly("log-in");
    }

    @Test
    void ofManyRefreshesAtOnceOneWinsAndTheSessionEnds() {
        User user = user(Rights.of(Scope.READER));
        for (int round = 0; round < 5; round++) {
            Session session = logIn(user);

            List<Session> won = atOnce(() -> fixture().door().refresh(session.refreshToken()));

            assertThat(won).as("round %s", round).hasSizeLessThanOrEqualTo(1);
            refusedAtTheDoor(session.accessToken());
            for (Session winner : won) {
                refused(Unauthenticated.class, () -> fixture().door().refresh(winner.refreshToken()));
                refusedAtTheDoor(winner.accessToken());
            }
        }
    }

    /** Those that were not refused. */
    private static List<Session> atOnce(Callable<Session> work) {
        CyclicBarrier together = new CyclicBarrier(AT_ONCE);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Session>> futures = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                futures.add(threads.submit(() -> {
                    together.await();
                    return work.call();
                }));
            }
            List<Session> won = new ArrayList<>();
            for (Future<Session> future : futures) {
                try {
                    won.add(future.get());
                } catch (ExecutionException refused) {
                    assertThat(refused.getCause()).isInstanceOf(Unauthenticated.class);
                }
            }
            return won;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSessionEndsWhenItIsNotRefreshedOrTooOld() {
        User user = user(Rights.of(Scope.READER));
        Session idle = logIn(user);
        fixture().clock().advance(Duration.ofDays(8));
        refused(Unauthenticated.class, () -> fixture().door().refresh(idle.refreshToken()));

        Session kept = logIn(user);
        for (int day = 6; day < 30; day += 6) {
            fixture().clock().advance(Duration.ofDays(6));
            kept = fixture().door().refresh(kept.refreshToken());
        }
        assertThat(kept.refreshExpiresIn()).isBetween(Duration.ofDays(5), Duration.ofDays(6));
        fixture().clock().advance(Duration.ofDays(6));
        String last = kept.refreshToken();
        refused(Unauthenticated.class, () -> fixture().door().refresh(last));
    }

    @Test
    void whatIsNoRefreshTokenIsRefused() {
        Session session = logIn(user(Rights.of(Scope.READER)));
        String good = session.refreshToken();
        Set<String> wrong = new HashSet<>(List.of(
                "",
                "x",
                "pilotr_",
                good.substring(1),
                good + "0",
                good.toUpperCase(java.util.Locale.ROOT),
                session.accessToken(),
                "pilotr_" + "0".repeat(92),
                good.repeat(100)));
        for (int i = 7; i < good.length(); i += 5) {
            char other = good.charAt(i) == 'a' ? 'b' : 'a';
            wrong.add(good.substring(0, i) + other + good.substring(i + 1));
        }
        for (String token : wrong) {
            refused(Unauthenticated.class, () -> fixture().door().refresh(token));
        }
        assertThat(fixture().door().refresh(good).user()).isEqualTo(session.user());
    }

    @Test
    void loggingOutEndsThisSessionAndLoggingOutEverywhereAll() {
        User user = user(Rights.of(Scope.READER));
        Session one = logIn(user);
        Session two = logIn(user);
        Session three = logIn(user);

        enter(one.accessToken()).account().logOut();
        refusedAtTheDoor(one.accessToken());
        refused(Unauthenticated.class, () -> fixture().door().refresh(one.refreshToken()));
        assertThat(enter(two.accessToken()).account().identity().userId()).isEqualTo(user.id());

        enter(two.accessToken()).account().logOutEverywhere();
        refusedAtTheDoor(two.accessToken());
        refusedAtTheDoor(three.accessToken());
        refused(Unauthenticated.class, () -> fixture().door().refresh(three.refreshToken()));
        assertThat(logIn(user).user().id()).isEqualTo(user.id());
    }

    @Test
    void whoKnowsHisPasswordChangesIt() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        Pilot self = enter(session.accessToken());

        refused(
                Forbidden.class,
                "wrong-password",
                () -> self.account().changePassword("not it", "another horse battery"));
        invalid("next", () -> self.account().changePassword(PASSWORD, "short"));
        self.account().changePassword(PASSWORD, "another horse battery");

        refusedAtTheDoor(session.accessToken());
        refused(Unauthenticated.class, () -> logIn(user));
        assertThat(logIn(user.name(), "another horse battery").user().id()).isEqualTo(user.id());
    }

    @Test
    void aPasswordIsTheSameHoweverItsLettersAreComposed() {
        String composed = "Zürich-Zürich-Zürich";
        User user = user(Rights.of(Scope.READER));
        pilot().users().setPassword(user.id(), composed);
        String apart = java.text.Normalizer.normalize(composed, java.text.Normalizer.Form.NFD);
        assertThat(apart).isNotEqualTo(composed);
        assertThat(logIn(user.name(), apart).user().id()).isEqualTo(user.id());
    }

    @Test
    void anUnknownNameAndAWrongPasswordGetTheSameAnswer() {
        User user = user(Rights.of(Scope.READER));
        PilotException wrong = refused(Unauthenticated.class, () -> logIn(user.name(), "not the password"));
        PilotException unknown = refused(Unauthenticated.class, () -> logIn(unique("nobody"), PASSWORD));

        assertThat(unknown.getMessage()).isEqualTo(wrong.getMessage());
        assertThat(unknown.code()).isEqualTo(wrong.code());
        refused(InvalidInput.class, () -> logIn(user.name(), "x".repeat(300)));
        refused(InvalidInput.class, () -> logIn("x".repeat(300), PASSWORD));
    }

    @Test
    void guessingIsLockedForAWhileThatGrows() {
        User user = user(Rights.of(Scope.READER));
        Session session = logIn(user);
        String nobody = unique("nobody");
        for (int i = 0; i < 5; i++) {
            refused(Unauthenticated.class, () -> logIn(user.name(), "a wrong password"));
            refused(Unauthenticated.class, () -> logIn(nobody, "a wrong password"));
        }

        OverLimit known = refused(OverLimit.class, "log-in-locked", () -> logIn(user));
        OverLimit unknown = refused(OverLimit.class, "log-in-locked", () -> logIn(nobody, PASSWORD));
        assertThat(known.getMessage()).isEqualTo(unknown.getMessage()).contains(" s.");
        assertThat(known.retryAfter())
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(31)));
        assertThat(enter(session.accessToken()).account().identity().userId()).isEqualTo(user.id());

        fixture().clock().advance(Duration.ofSeconds(31));
        refused(Unauthenticated.class, () -> logIn(user.name(), "a wrong password"));
        fixture().clock().advance(Duration.ofSeconds(31));
        refused(OverLimit.class, "log-in-locked", () -> logIn(user));
        fixture().clock().advance(Duration.ofSeconds(30));
        assertThat(logIn(user).user().id()).isEqualTo(user.id());
        refused(Unauthenticated.class, () -> logIn(user.name(), "a wrong password"));
        assertThat(logIn(user).user().id()).isEqualTo(user.id());
        eventually()
                .untilAsserted(() -> assertThat(events(about(user)).stream()
                                .filter(event -> event.level() == Level.WARN)
                                .map(Event::title))
                        .isNotEmpty()
                        .allSatisfy(title -> assertThat(title).contains("locked")));
    }

    @Test
    void aTokenHasNoSession() {
        Pilot caller = enter(token(Rights.of(Scope.ADMIN)).secret());
        for (Pilot without : List.of(caller, pilot())) {
            refused(NotAllowed.class, "no-session", () -> without.account().logOut());
            refused(NotAllowed.class, "no-session", () -> without.account().logOutEverywhere());
            refused(
                    NotAllowed.class,
                    "no-session",
                    () -> without.account().changePassword(PASSWORD, "another horse battery"));
        }
    }

    @Test
    void everybodyMayAskWhoHeIs() {
        assertThat(pilot().account().identity().caller().scopes()).containsExactly(Scope.ADMIN);
        Identity agent = fixture().as(Scope.AGENT).account().identity();
        assertThat(agent.caller().name()).isEqualTo("agent");
        assertThat(agent.expiresAt()).isNull();
    }

    private static EventFilter about(User user) {
        return new EventFilter(new Subject("user", user.id().value()), null, null, null);
    }
}
