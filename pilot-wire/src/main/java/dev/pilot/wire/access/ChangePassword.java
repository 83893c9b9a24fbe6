package dev.pilot.wire.access;

import dev.pilot.api.error.InvalidInput;

/**
 * What it takes to change one's password.
 *
 * @param current the password now
 * @param next the new one
 */
public record ChangePassword(String current, String next) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if something is absent
     */
    public ChangePassword {
        InvalidInput.required(current, "current");
        InvalidInput.required(next, "next");
    }

    /** Hides both. */
    @Override
    public String toString() {
        return "ChangePassword[hidden]";
    }
}
