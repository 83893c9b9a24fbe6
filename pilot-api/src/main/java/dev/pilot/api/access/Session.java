package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;

/**
 * What a log-in gives, and each refresh anew.
 *
 * @param accessToken shown at the door: a JWT
 * @param expiresIn how long that holds from now on
 * @param refreshToken gets the next session, once: used again, it ends the session of whoever has it
 * @param refreshExpiresIn how long that holds from now on
 * @param user who is logged in
 */
public record Session(
        String accessToken, Duration expiresIn, String refreshToken, Duration refreshExpiresIn, User user) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public Session {
        InvalidInput.required(accessToken, "accessToken");
        InvalidInput.required(expiresIn, "expiresIn");
        InvalidInput.required(refreshToken, "refreshToken");
        InvalidInput.required(refreshExpiresIn, "refreshExpiresIn");
        InvalidInput.required(user, "user");
    }

    /** Hides the tokens. */
    @Override
    public String toString() {
        return "Session[expiresIn=" + expiresIn + ", user=" + user + "]";
    }
}
