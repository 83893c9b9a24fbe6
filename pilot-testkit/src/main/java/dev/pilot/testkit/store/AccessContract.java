package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.Token;
import dev.pilot.api.access.User;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.id.UserId;
import dev.pilot.api.store.LiveSession;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.StoredToken;
import dev.pilot.api.store.UserAccount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users, tokens and sessions. */
abstract class AccessContract extends StoreStage {
    @Test
    void aUserIsReadAsItWasWrittenByIdAndByName() {
        UserAccount changed = new UserAccount(
                new User(
                        new UserId("usr_1"),
                        "anna",
                        "anna@example.org",
                        Rights.of(Scope.ADMIN, Scope.AGENT)
                                .proposing()
                                .withoutDecisions()
                                .in(Set.of(new ProjectId("prj_1"))),
                        false,
                        Samples.T0,
                        Samples.at(1)),
                "another hash",
                7);
        write(unit -> {
            unit.users().create(account("usr_1", "anna", 0));
            unit.users().update(changed, Samples.T0);
        });

        assertThat(read((StoreView view) -> view.users().get(new UserId("usr_1"))))
                .isEqualTo(changed);
        assertThat(read((StoreView view) -> view.users().findByName("anna"))).contains(changed);
        assertThat(read((StoreView view) -> view.users().findByName("Anna"))).isEmpty();
    }

    @Test
    void aNameIsTakenOnceAndFreeAgainWhenItsUserIsGone() {
        write(unit -> {
            unit.users().create(account("usr_1", "anna", 0));
            assertThatThrownBy(() -> unit.users().create(account("usr_2", "anna", 0)))
                    .isInstanceOf(AlreadyExists.class);
            assertThatThrownBy(() -> unit.users().create(account("usr_1", "otto", 0)))
                    .isInstanceOf(AlreadyExists.class);
            unit.users().delete(new UserId("usr_1"));
            unit.users().create(account("usr_2", "anna", 0));
        });
        assertThat(read((StoreView view) -> view.users().find(new UserId("usr_1"))))
                .isEmpty();
    }

    @Test
    void usersAndTokensComeByAge() {
        write(unit -> IntStream.range(0, 15).forEach(i -> {
            unit.users().create(account("usr_" + (char) ('a' + i), "name" + i, 100 - i / 3));
            unit.tokens().create(token("tok_" + (char) ('a' + i), "hash" + i, "name" + i, 100 - i / 3, null));
        }));
        String byAge = "mnojklghidefabc";
        assertThat(walk(4, page -> read(view -> view.users().list(page))))
                .extracting(account -> account.user().id().value())
                .isEqualTo(byAge.chars().mapToObj(c -> "usr_" + (char) c).toList());
        assertThat(walk(4, page -> read(view -> view.tokens().list(page))))
                .extracting(stored -> stored.token().id().value())
                .isEqualTo(byAge.chars().mapToObj(c -> "tok_" + (char) c).toList());
    }

    @Test
    void whatSomebodyMadeIsFoundAsLongAsItHolds() {
        write(unit -> {
            unit.tokens().create(token("tok_1", "aa", "one", 0, Samples.at(100)));
            unit.tokens().create(token("tok_2", "bb", "two", 1, null));
            unit.tokens().create(token("tok_3", "cc", "three", 2, null));
            unit.tokens().revoke(new TokenId("tok_3"), Samples.at(5));
        });
        String maker = read((StoreView view) -> view.tokens().get(new TokenId("tok_1")))
                .token()
                .createdBy();
        assertThat(read((StoreView view) -> view.tokens().madeBy(maker, Samples.at(99))))
                .extracting(stored -> stored.token().id().value())
                .containsExactly("tok_1", "tok_2");
        assertThat(read((StoreView view) -> view.tokens().madeBy(maker, Samples.at(100))))
                .extracting(stored -> stored.token().id().value())
                .containsExactly("tok_2");
        assertThat(read((StoreView view) -> view.tokens().madeBy("somebody else", Samples.at(0))))
                .isEmpty();
    }

    @Test
    void aTokenIsFoundByItsHashAndRevokedOnce() {
        StoredToken stored = token("tok_1", "aa", "ci", 0, Samples.at(100));
        write(unit -> {
            unit.tokens().create(stored);
            assertThatThrownBy(() -> unit.tokens().create(token("tok_2", "aa", "other", 0, null)))
                    .isInstanceOf(AlreadyExists.class);
        });
        assertThat(read((StoreView view) -> view.tokens().findByHash("aa"))).contains(stored);
        assertThat(read((StoreView view) -> view.tokens().findByHash("AA"))).isEmpty();
        assertThat(read((StoreView view) -> view.tokens().holds("ci", Samples.at(99))))
                .isTrue();
        assertThat(read((StoreView view) -> view.tokens().holds("ci", Samples.at(100))))
                .isFalse();
        assertThat(read((StoreView view) -> view.tokens().holds("CI", Samples.at(1))))
                .isFalse();

        write(unit -> {
            assertThat(unit.tokens().revoke(stored.token().id(), Samples.at(5))).isTrue();
            assertThat(unit.tokens().revoke(stored.token().id(), Samples.at(6))).isFalse();
            assertThat(unit.tokens().revoke(new TokenId("tok_none"), Samples.at(6)))
                    .isFalse();
        });
        Optional<StoredToken> revoked = read((StoreView view) -> view.tokens().findByHash("aa"));
        assertThat(revoked.orElseThrow().token().revokedAt()).isEqualTo(Samples.at(5));
        assertThat(read((StoreView view) -> view.tokens().holds("ci", Samples.at(7))))
                .isFalse();
    }

    @Test
    void theLastUseOfATokenNeverGoesBack() {
        write(unit -> {
            unit.tokens().create(token("tok_1", "aa", "one", 0, null));
            unit.tokens().create(token("tok_2", "bb", "two", 0, null));
            unit.tokens().used(Map.of());
            unit.tokens()
                    .used(Map.of(
                            new TokenId("tok_1"), Samples.at(9),
                            new TokenId("tok_2"), Samples.at(3),
                            new TokenId("tok_none"), Samples.at(3)));
            unit.tokens().used(Map.of(new TokenId("tok_1"), Samples.at(4)));
        });
        assertThat(read((StoreView view) -> view.tokens().get(new TokenId("tok_1")))
                        .token()
                        .lastUsedAt())
                .isEqualTo(Samples.at(9));
        assertThat(read((StoreView view) -> view.tokens().get(new TokenId("tok_2")))
                        .token()
                        .lastUsedAt())
                .isEqualTo(Samples.at(3));
    }

    @Test
    void aSessionIsFoundByItsFamilyAndGetsAnotherTokenOnce() {
        LiveSession session = session("ses_1", "usr_1", 1);
        LiveSession rotated = new LiveSession(
                "ses_1", new UserId("usr_1"), 3, session.familyHash(), "next", Samples.at(1), Samples.at(50));
        write(unit -> {
            unit.users().create(account("usr_1", "anna", 0));
            unit.sessions().create(session);
        });
        assertThat(read((StoreView view) -> view.sessions().find("ses_1"))).contains(session);
        assertThat(read((StoreView view) -> view.sessions().findByFamily(session.familyHash())))
                .contains(session);

        write(unit -> unit.sessions().rotate(rotated, session.currentHash()));
        assertThat(read((StoreView view) -> view.sessions().find("ses_1"))).contains(rotated);
        write(unit -> {
            assertThat(unit.sessions().delete("ses_1")).isTrue();
            assertThat(unit.sessions().delete("ses_1")).isFalse();
        });
        assertThat(read((StoreView view) -> view.sessions().findByFamily(session.familyHash())))
                .isEmpty();
    }

    @Test
    void aUsersSessionsGoWithHimOrAllAtOnceOrTheOldestFirst() {
        write(unit -> {
            unit.users().create(account("usr_1", "anna", 0));
            unit.users().create(account("usr_2", "otto", 0));
            IntStream.range(0, 6).forEach(i -> unit.sessions().create(session("ses_a" + i, "usr_1", i)));
            IntStream.range(0, 3).forEach(i -> unit.sessions().create(session("ses_o" + i, "usr_2", i)));
        });
        // Those that began at 0 and 1 end at 20 and 21: they are over.
        write(unit -> unit.sessions().prune(new UserId("usr_1"), Samples.at(21), 3));
        assertThat(IntStream.range(0, 6)
                        .mapToObj(i -> read((StoreView view) -> view.sessions().find("ses_a" + i))
                                .isPresent()))
                .containsExactly(false, false, false, true, true, true);

        write(unit -> assertThat(unit.sessions().deleteOf(new UserId("usr_1"))).isEqualTo(3));
        assertThat(read((StoreView view) -> view.sessions().find("ses_o0"))).isPresent();
        write(unit -> unit.users().delete(new UserId("usr_2")));
        assertThat(read((StoreView view) -> view.sessions().find("ses_o0"))).isEmpty();
    }

    private static UserAccount account(String id, String name, long at) {
        return new UserAccount(
                new User(new UserId(id), name, null, Rights.of(Scope.READER), true, Samples.at(at), Samples.at(at)),
                "hash",
                0);
    }

    private static StoredToken token(String id, String hash, String name, long at, @Nullable Instant expiresAt) {
        return new StoredToken(
                new Token(new TokenId(id), name, Rights.of(Scope.AGENT), expiresAt, null, null, "anna", Samples.at(at)),
                hash);
    }

    private static LiveSession session(String id, String user, long at) {
        return new LiveSession(
                id, new UserId(user), 3, "family of " + id, "current of " + id, Samples.at(at), Samples.at(at + 20));
    }
}
