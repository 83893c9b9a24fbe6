package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.TokenId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads tokens. */
public interface TokenReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the token, if there is one
     */
    Optional<StoredToken> find(TokenId id);

    /**
     * Finds one by its hash, whether it holds or not.
     *
     * @param hash the hash of its secret
     * @return the token, if there is one
     */
    Optional<StoredToken> findByHash(String hash);

    /**
     * Whether a token of this name holds.
     *
     * @param name the name, compared exactly
     * @param now the time
     * @return true if there is one that is neither revoked nor over
     */
    boolean holds(String name, Instant now);

    /**
     * The tokens that somebody made and that hold.
     *
     * @param name by whom they were made, compared exactly
     * @param now the time
     * @return the tokens by age
     */
    List<StoredToken> madeBy(String name, Instant now);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the token
     * @throws NotFound if there is none
     */
    default StoredToken get(TokenId id) {
        return find(id).orElseThrow(() -> new NotFound("token", id.value()));
    }

    /**
     * Lists a page by age.
     *
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<StoredToken> list(PageRequest page);
}
