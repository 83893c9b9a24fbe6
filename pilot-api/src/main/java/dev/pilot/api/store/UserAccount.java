package dev.pilot.api.store;

import dev.pilot.api.access.User;

/**
 * A user with what only the hub knows.
 *
 * @param user the user
 * @param passwordHash the password's hash, with its salt and cost
 * @param epoch how often all its sessions were ended; those of an earlier epoch no longer hold
 */
public record UserAccount(User user, String passwordHash, long epoch) {
    /** Hides the hash. */
    @Override
    public String toString() {
        return "UserAccount[user=" + user + ", epoch=" + epoch + "]";
    }
}
