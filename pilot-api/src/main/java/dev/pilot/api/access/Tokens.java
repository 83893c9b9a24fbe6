package dev.pilot.api.access;

import dev.pilot.api.id.TokenId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/**
 * The use-cases of tokens. They are for administrators, who give nobody more than they have themselves. To whoever is bound to projects
 * only those tokens are there that are bound to no others.
 */
public interface Tokens {
    /**
     * Creates a token.
     *
     * @param command what for
     * @return the token with its secret, which is never shown again
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong
     * @throws dev.pilot.api.error.AlreadyExists if a user or a token that holds has this name
     * @throws dev.pilot.api.error.Forbidden with code {@code more-than-own} if the token would allow more than the caller may do
     */
    NewToken create(CreateToken command);

    /**
     * Gets a token.
     *
     * @param id its id
     * @return the token
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Token get(TokenId id);

    /**
     * Lists tokens by age, those that no longer hold included.
     *
     * @param page which part of the list
     * @return a page of tokens
     */
    Page<Token> list(PageRequest page);

    /**
     * Revokes a token. On this hub it holds no longer when this returns; on others that share the store, after
     * {@code access.cache} (1 s by default) at the latest. Revoking twice does nothing.
     *
     * @param id its id
     * @return the token now
     * @throws dev.pilot.api.error.Forbidden with code {@code more-than-own} if the token allows more than the caller may do
     */
    Token revoke(TokenId id);
}
