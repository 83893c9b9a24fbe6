package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is, how they came in, and until when.
 *
 * @param caller who it is and what they may do
 * @param via how they came in
 * @param userId the user, where somebody logged in
 * @param tokenId the token, where one that the hub keeps was shown
 * @param sessionId the session, where somebody logged in
 * @param expiresAt until when what was shown holds; null for ever
 */
public record Identity(
        Caller caller,
        Entrance via,
        @Nullable UserId userId,
        @Nullable TokenId tokenId,
        @Nullable String sessionId,
        @Nullable Instant expiresAt) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public Identity {
        InvalidInput.required(caller, "caller");
        InvalidInput.required(via, "via");
    }

    /**
     * Of somebody for whom the embedding program speaks.
     *
     * @param caller who it is
     * @return the identity
     */
    public static Identity embedded(Caller caller) {
        return new Identity(caller, Entrance.EMBEDDED, null, null, null, null);
    }

    /**
     * Of somebody who showed a token of the configuration.
     *
     * @param caller who it is
     * @return the identity
     */
    public static Identity configured(Caller caller) {
        return new Identity(caller, Entrance.CONFIGURED, null, null, null, null);
    }
}
