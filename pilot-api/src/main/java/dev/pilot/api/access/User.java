package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who logs in with a password, which is not part of this.
 *
 * @param id its id
 * @param name by which the user logs in, and which stands in events and decisions; it never changes
 * @param email where the user can be written to, or null
 * @param rights what the user may do
 * @param enabled whether the user may log in and be logged in
 * @param createdAt when it was created
 * @param updatedAt its version: when it last changed; strictly growing
 */
public record User(
        UserId id,
        String name,
        @Nullable String email,
        Rights rights,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public User {
        InvalidInput.required(id, "id");
        InvalidInput.required(name, "name");
        InvalidInput.required(rights, "rights");
        InvalidInput.required(createdAt, "createdAt");
        InvalidInput.required(updatedAt, "updatedAt");
    }

    /**
     * Who the user is to use-cases.
     *
     * @return the caller
     */
    public Caller caller() {
        return rights.caller(name);
    }
}
