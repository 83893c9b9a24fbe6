package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;

/**
 * A token that was just made: the one time that its secret is shown.
 *
 * @param token what the hub keeps of it
 * @param secret what is shown at the door: {@code pilot_} and 49 letters and digits, the last six of them a checksum
 */
public record NewToken(Token token, String secret) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public NewToken {
        InvalidInput.required(token, "token");
        InvalidInput.required(secret, "secret");
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "NewToken[token=" + token + "]";
    }
}
