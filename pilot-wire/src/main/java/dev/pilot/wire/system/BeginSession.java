package dev.pilot.wire.system;

import dev.pilot.api.error.InvalidInput;

/**
 * Exchanges the word of a link for a session's cookie.
 *
 * @param once the word
 */
public record BeginSession(String once) {
    /**
     * Checks that there is one.
     *
     * @throws InvalidInput if it is absent
     */
    public BeginSession {
        InvalidInput.required(once, "once");
    }

    /** Hides the word. */
    @Override
    public String toString() {
        return "BeginSession[once=hidden]";
    }
}
