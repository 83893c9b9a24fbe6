package dev.pilot.api.store;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.UserId;
import java.time.Instant;

/** Reads and writes users. */
public interface UserRecords extends UserReader {
    /**
     * Inserts one.
     *
     * @param account the user
     * @throws AlreadyExists if its id or name is taken
     */
    void create(UserAccount account);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param account the user with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(UserAccount account, Instant expected);

    /**
     * Deletes one with its sessions.
     *
     * @param id its id
     */
    void delete(UserId id);
}
