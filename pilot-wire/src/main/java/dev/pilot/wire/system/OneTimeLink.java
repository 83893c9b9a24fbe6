package dev.pilot.wire.system;

import dev.pilot.api.error.InvalidInput;
import java.time.Instant;

/**
 * A word that stands for a caller once. It goes into a link's fragment ({@code #once=…}), which browsers send to nobody.
 *
 * @param once the word
 * @param expiresAt until when it can be used
 */
public record OneTimeLink(String once, Instant expiresAt) {
    /**
     * Checks that nothing is absent.
     *
     * @throws InvalidInput if something is
     */
    public OneTimeLink {
        InvalidInput.required(once, "once");
        InvalidInput.required(expiresAt, "expiresAt");
    }

    /** Hides the word. */
    @Override
    public String toString() {
        return "OneTimeLink[once=hidden, expiresAt=" + expiresAt + "]";
    }
}
