package dev.pilot.api.store;

import java.time.Instant;

/**
 * Which create made what.
 *
 * @param kind the kind of entity, such as {@code project}
 * @param key the caller's own id ({@code id:…}) or idempotency key ({@code key:…})
 * @param hash the hash of the first request, in hex
 * @param entityId the id of what it made
 * @param createdAt when
 */
public record Creation(String kind, String key, String hash, String entityId, Instant createdAt) {}
