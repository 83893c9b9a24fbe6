package dev.pilot.core.account;

import dev.pilot.api.access.Identity;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.access.User;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.id.UserId;
import dev.pilot.api.store.LiveSession;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.UserAccount;
import dev.pilot.core.config.SessionLimits;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, goes on with, and ends sessions. Threads may share it. */
final class LogIns {
    private static final Logger LOG = LoggerFactory.getLogger(LogIns.class);

    private final HubContext hub;
    private final AccountParts parts;
    private final AccessTokens tokens;
    private final SessionLimits limits;
    private final Executor later;

    LogIns(HubContext hub, AccountParts parts, AccessTokens tokens, Executor later) {
        this.hub = hub;
        this.parts = parts;
        this.tokens = tokens;
        this.limits = hub.config().access().sessions();
        this.later = later;
    }

    Session logIn(LogIn who, String address) {
        InputCheck check = new InputCheck();
        check.text("name", who.name(), Limits.NAME);
        check.text("password", who.password(), Passwords.MOST);
        check.done();
        UserAccount account = tried(who, address);
        if (account == null || !account.user().enabled()) {
            throw wrong();
        }
        return open(account, renewed(account, who.password()));
    }

    /** The account that a name and a password fit, enabled or not; what it costs to find out doesn't tell which of them was wrong. */
    private @Nullable UserAccount tried(LogIn who, String address) {
        boolean locks = parts.guesses().begin(who.name(), address);
        UserAccount account;
        boolean right;
        try {
            account = Administration.isName(who.name()) ? named(who.name()) : null;
            right = parts.hashing().isRight(who.password(), account == null ? null : account.passwordHash());
        } catch (RuntimeException notTried) {
            parts.guesses().undone(who.name(), address);
            throw notTried;
        }
        if (account != null && right) {
            parts.guesses().right(who.name(), address);
            return account;
        }
        if (account != null && locks) {
            tellOfLock(account.user().id());
        }
        return null;
    }

    private @Nullable UserAccount named(String name) {
        return hub.store().read(view -> view.users().findByName(name)).orElse(null);
    }

    /** On another thread: else the time would tell that there is such a user. */
    private void tellOfLock(UserId id) {
        try {
            later.execute(() -> {
                try {
                    hub.store().write("user.locked", unit -> {
                        unit.users().find(id).ifPresent(locked -> parts.events().locked(unit, locked.user()));
                        return id;
                    });
                } catch (RuntimeException failure) {
                    LOG.warn("The lock of user {} could not be told of.", id, failure);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.warn("User {} is locked; the hub closes before it can be told of.", id, closing);
        }
    }

    /** The password's hash at the cost of now, if it was made at another. */
    private @Nullable String renewed(UserAccount account, String password) {
        if (parts.hashing().isCurrent(account.passwordHash())) {
            return null;
        }
        try {
            return parts.hashing().hash(password);
        } catch (OverLimit busy) {
            return null; // the next log-in does it
        }
    }

    private Session open(UserAccount account, @Nullable String renewedHash) {
        UserId userId = account.user().id();
        String id = hub.ids().next("ses");
        String family = Secrets.part();
        String current = Secrets.part();
        return hub.store().write("session.open", unit -> {
            UserAccount now = unit.users().find(userId).orElseThrow(LogIns::wrong);
            if (!now.user().enabled() || !now.passwordHash().equals(account.passwordHash())) {
                throw wrong(); // it was changed while the password was looked at
            }
            if (renewedHash != null) {
                unit.users()
                        .update(
                                new UserAccount(now.user(), renewedHash, now.epoch()),
                                now.user().updatedAt());
            }
            unit.sessions().prune(userId, unit.now(), limits.most() - 1);
            LiveSession session = new LiveSession(
                    id,
                    userId,
                    now.epoch(),
                    Secrets.hash(family),
                    Secrets.hash(current),
                    unit.now(),
                    end(unit.now(), unit.now()));
            unit.sessions().create(session);
            parts.events().loggedIn(unit, now.user(), id);
            return answer(session, family, current, now.user(), unit.now());
        });
    }

    Session refresh(String shown) {
        if (!Secrets.isWellFormed(Secrets.REFRESH, 2, shown)) {
            throw over();
        }
        String family = Secrets.part(Secrets.REFRESH, 0, shown);
        String familyHash = Secrets.hash(family);
        String currentHash = Secrets.hash(Secrets.part(Secrets.REFRESH, 1, shown));
        // What was made up never reaches the one who writes.
        if (hub.store().read(view -> view.sessions().findByFamily(familyHash)).isEmpty()) {
            throw over();
        }
        String next = Secrets.part();
        Optional<Session> refreshed = hub.store()
                .write(
                        "session.refresh",
                        unit -> unit.sessions()
                                .findByFamily(familyHash)
                                .flatMap(session -> refreshed(unit, session, family, currentHash, next)));
        if (refreshed.isEmpty()) {
            parts.sessions().forget();
            throw over();
        }
        return refreshed.get();
    }

    /** What ends the session is no error here: the unit has to be committed. */
    private Optional<Session> refreshed(
            StoreUnit unit, LiveSession session, String family, String shownHash, String next) {
        UserAccount account = unit.users().get(session.userId());
        if (!Secrets.same(session.currentHash(), shownHash)) {
            unit.sessions().delete(session.id());
            parts.events().reused(unit, account.user(), session.id());
            return Optional.empty();
        }
        Instant now = unit.now();
        if (!now.isBefore(session.expiresAt()) || !account.user().enabled() || account.epoch() != session.epoch()) {
            unit.sessions().delete(session.id());
            return Optional.empty();
        }
        LiveSession rotated = new LiveSession(
                session.id(),
                session.userId(),
                session.epoch(),
                session.familyHash(),
                Secrets.hash(next),
                session.createdAt(),
                end(session.createdAt(), now));
        unit.sessions().rotate(rotated, session.currentHash());
        return Optional.of(answer(rotated, family, next, account.user(), now));
    }

    private Instant end(Instant createdAt, Instant now) {
        Instant idle = now.plus(limits.idle());
        Instant longest = createdAt.plus(limits.longest());
        return idle.isBefore(longest) ? idle : longest;
    }

    private Session answer(LiveSession session, String family, String current, User user, Instant now) {
        Duration left = Duration.between(now, session.expiresAt());
        return new Session(
                tokens.of(session),
                left.compareTo(tokens.life()) < 0 ? left : tokens.life(),
                Secrets.of(Secrets.REFRESH, family, current),
                left,
                user);
    }

    void changePassword(Identity identity, String current, String next) {
        UserId userId = user(identity);
        String name = identity.caller().name();
        InputCheck check = new InputCheck();
        check.text("current", current, Passwords.MOST);
        Passwords.check(
                check, "next", next, name, hub.config().access().passwords().least());
        check.done();
        UserAccount account = tried(new LogIn(name, current), String.valueOf(identity.sessionId()));
        if (account == null || !account.user().id().equals(userId)) {
            throw new Forbidden("wrong-password", "The current password is wrong.");
        }
        String hash = parts.hashing().hash(next);
        parts.change(() -> hub.store().write("account.password", unit -> {
            UserAccount now = unit.users().get(userId);
            if (!now.passwordHash().equals(account.passwordHash())) {
                throw new Forbidden("wrong-password", "The password was changed meanwhile: log in again.");
            }
            parts.events().changed(unit, now.user(), "password", now.user().name(), Changes.data(List.of("password")));
            return parts.versioned(unit, parts.ended(unit, new UserAccount(now.user(), hash, now.epoch())));
        }));
    }

    void logOut(Identity identity) {
        UserId userId = user(identity);
        String sessionId = String.valueOf(identity.sessionId());
        parts.change(() -> hub.store().write("account.logOut", unit -> {
            if (unit.sessions().delete(sessionId)) {
                parts.events().loggedOut(unit, unit.users().get(userId).user(), sessionId);
            }
            return sessionId;
        }));
    }

    void logOutEverywhere(Identity identity) {
        UserId userId = user(identity);
        parts.change(() -> hub.store().write("account.logOutEverywhere", unit -> {
            UserAccount account = unit.users().get(userId);
            parts.events()
                    .loggedOutEverywhere(unit, account.user(), account.user().name());
            return parts.versioned(unit, parts.ended(unit, account));
        }));
    }

    private static UserId user(Identity identity) {
        if (identity.userId() == null) {
            throw new NotAllowed(
                    "no-session",
                    identity.caller().name() + " did not log in: tokens have neither password nor session.");
        }
        return identity.userId();
    }

    private static Unauthenticated wrong() {
        return new Unauthenticated("The name or the password is wrong, or the user is disabled.");
    }

    private static Unauthenticated over() {
        return new Unauthenticated("The session is over: log in again.");
    }
}
