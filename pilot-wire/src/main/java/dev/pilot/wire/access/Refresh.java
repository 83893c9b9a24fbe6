package dev.pilot.wire.access;

import dev.pilot.api.error.InvalidInput;

/**
 * What it takes to go on with a session.
 *
 * @param refreshToken the session's last refresh token
 */
public record Refresh(String refreshToken) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if it is absent
     */
    public Refresh {
        InvalidInput.required(refreshToken, "refreshToken");
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "Refresh[hidden]";
    }
}
