package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.TokenId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that a hub keeps, without its secret: of that, only a hash is kept.
 *
 * @param id its id
 * @param name whoever shows it is known by this name in events and decisions
 * @param rights what whoever shows it may do
 * @param expiresAt until when it holds; null for ever
 * @param lastUsedAt when it was last used, to the minute or so; null for never
 * @param revokedAt since when it no longer holds; null if it was not revoked
 * @param createdBy who made it
 * @param createdAt when it was created
 */
public record Token(
        TokenId id,
        String name,
        Rights rights,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        String createdBy,
        Instant createdAt) {
    /**
     * Checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public Token {
        InvalidInput.required(id, "id");
        InvalidInput.required(name, "name");
        InvalidInput.required(rights, "rights");
        InvalidInput.required(createdBy, "createdBy");
        InvalidInput.required(createdAt, "createdAt");
    }

    /**
     * Whether it holds.
     *
     * @param now the time
     * @return true if it is neither revoked nor over
     */
    public boolean holds(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
