package dev.pilot.wire.access;

import dev.pilot.api.error.InvalidInput;

/**
 * A password that an administrator gives a user.
 *
 * @param password the new one
 */
public record NewPassword(String password) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if it is absent
     */
    public NewPassword {
        InvalidInput.required(password, "password");
    }

    /** Hides it. */
    @Override
    public String toString() {
        return "NewPassword[hidden]";
    }
}
