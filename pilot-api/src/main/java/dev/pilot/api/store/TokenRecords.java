package dev.pilot.api.store;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.TokenId;
import java.time.Instant;
import java.util.Map;

/** Reads and writes tokens. */
public interface TokenRecords extends TokenReader {
    /**
     * Inserts one.
     *
     * @param token the token
     * @throws AlreadyExists if its id or hash is taken
     */
    void create(StoredToken token);

    /**
     * Revokes one; what was revoked before stays as it is.
     *
     * @param id its id
     * @param at since when it no longer holds
     * @return whether this did it
     */
    boolean revoke(TokenId id, Instant at);

    /**
     * Notes when tokens were last used; never an earlier time than the one noted.
     *
     * @param uses when each was used
     */
    void used(Map<TokenId, Instant> uses);
}
