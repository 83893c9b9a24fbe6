package dev.pilot.api.store;

import dev.pilot.api.id.UserId;
import java.time.Instant;

/**
 * A session that is not over: it is deleted when it ends.
 *
 * @param id its id
 * @param userId who is logged in
 * @param epoch the user's epoch at the log-in
 * @param familyHash the hash of what all its refresh tokens have in common
 * @param currentHash the hash of the one refresh token that was not used yet
 * @param createdAt when it began
 * @param expiresAt when it ends, unless it is refreshed before
 */
public record LiveSession(
        String id,
        UserId userId,
        long epoch,
        String familyHash,
        String currentHash,
        Instant createdAt,
        Instant expiresAt) {}
