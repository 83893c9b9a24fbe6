package dev.pilot.core.account;

import dev.pilot.api.access.User;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoredToken;
import dev.pilot.api.store.UserAccount;
import dev.pilot.core.system.Versions;
import java.util.function.Supplier;

/**
 * What the use-cases of users, tokens and sessions share.
 *
 * @param hashing hashes passwords
 * @param guesses counts wrong ones
 * @param events tells of it all
 * @param tokens the tokens that were read lately
 * @param sessions the sessions that were read lately
 */
record AccountParts(
        PasswordHashing hashing,
        Guesses guesses,
        AccountEvents events,
        Recent<StoredToken> tokens,
        Recent<SessionTokens.LoggedIn> sessions) {
    /** Does something after which nothing that was read before counts, even if its outcome isn't known. */
    <T> T change(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            tokens.forget();
            sessions.forget();
        }
    }

    /** The account once all its sessions are ended. */
    UserAccount ended(StoreUnit unit, UserAccount account) {
        unit.sessions().deleteOf(account.user().id());
        return new UserAccount(account.user(), account.passwordHash(), account.epoch() + 1);
    }

    /** Writes an account with its next version. */
    UserAccount versioned(StoreUnit unit, UserAccount account) {
        User user = account.user();
        User next = new User(
                user.id(),
                user.name(),
                user.email(),
                user.rights(),
                user.enabled(),
                user.createdAt(),
                Versions.next(unit, user.updatedAt()));
        UserAccount versioned = new UserAccount(next, account.passwordHash(), account.epoch());
        unit.users().update(versioned, user.updatedAt());
        return versioned;
    }
}
