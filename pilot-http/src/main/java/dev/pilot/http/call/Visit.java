package dev.pilot.http.call;

import org.jspecify.annotations.Nullable;

/**
 * How a request came.
 *
 * @param address the client's address, as far as it can be believed
 * @param group who is counted as one with it
 * @param isSecure whether the client speaks TLS
 * @param authority the host and port that the client called; null if it said none
 * @param token the credential it shows, or for which its cookie stands; null if there is none
 * @param cookie what its cookie says, whether that stands for anything or not; null if it has none, or shows a token
 */
public record Visit(
        String address,
        String group,
        boolean isSecure,
        @Nullable String authority,
        @Nullable String token,
        @Nullable String cookie) {
    /** Hides what lets it in. */
    @Override
    public String toString() {
        return "Visit[address=" + address + ", secure=" + isSecure + ", authority=" + authority + "]";
    }
}
