package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to create a user.
 *
 * @param name by which the user logs in: 1 to 64 of {@code a-z 0-9 . _ - @ +}, the first a letter or digit
 * @param email where the user can be written to, or null
 * @param password the first password
 * @param rights what the user may do
 */
public record CreateUser(String name, @Nullable String email, String password, Rights rights) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public CreateUser {
        InvalidInput.required(name, "name");
        InvalidInput.required(password, "password");
        InvalidInput.required(rights, "rights");
    }

    /**
     * Somebody without an address to write to.
     *
     * @param name by which the user logs in
     * @param password the first password
     * @param rights what the user may do
     */
    public CreateUser(String name, String password, Rights rights) {
        this(name, null, password, rights);
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "CreateUser[name=" + name + ", rights=" + rights + "]";
    }
}
