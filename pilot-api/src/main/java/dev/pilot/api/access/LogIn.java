package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;

/**
 * What it takes to log in.
 *
 * @param name the user's name
 * @param password the user's password
 */
public record LogIn(String name, String password) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public LogIn {
        InvalidInput.required(name, "name");
        InvalidInput.required(password, "password");
    }

    /** Hides both: a password is easily typed where the name belongs. */
    @Override
    public String toString() {
        return "LogIn[hidden]";
    }
}
