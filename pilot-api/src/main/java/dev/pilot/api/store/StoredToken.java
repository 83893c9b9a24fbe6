package dev.pilot.api.store;

import dev.pilot.api.access.Token;

/**
 * A token with the hash of its secret.
 *
 * @param token the token
 * @param hash the SHA-256 of its secret, in hexadecimal
 */
public record StoredToken(Token token, String hash) {}
