package dev.pilot.wire.system;

import dev.pilot.api.error.InvalidInput;

/**
 * Exchanges the word of a link for the cookie that lets a browser in.
 *
 * @param once the word
 */
public record SetCookie(String once) {
    /**
     * Checks that there is one.
     *
     * @throws InvalidInput if it is absent
     */
    public SetCookie {
        InvalidInput.required(once, "once");
    }

    /** Hides the word. */
    @Override
    public String toString() {
        return "SetCookie[once=hidden]";
    }
}
