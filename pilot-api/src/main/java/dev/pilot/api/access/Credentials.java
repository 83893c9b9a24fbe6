package dev.pilot.api.access;

import org.jspecify.annotations.Nullable;

/**
 * What a caller shows at the door.
 *
 * @param token the secret, or null if none was shown
 * @param address where the call comes from, for limits and the record
 */
public record Credentials(@Nullable String token, String address) {
    /** Hides the secret. */
    @Override
    public String toString() {
        return "Credentials[token=" + (token == null ? "none" : "hidden") + ", address=" + address + "]";
    }
}
