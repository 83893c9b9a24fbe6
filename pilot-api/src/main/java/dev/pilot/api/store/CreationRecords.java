package dev.pilot.api.store;

import java.util.Optional;

/** Remembers which create made what, so that the same again is answered with what is there. */
public interface CreationRecords {
    /**
     * Finds what a key made.
     *
     * @param kind the kind of entity
     * @param key the id or idempotency key
     * @return the record, if there is one
     */
    Optional<Creation> find(String kind, String key);

    /**
     * Inserts one.
     *
     * @param creation the record
     * @throws dev.pilot.api.error.AlreadyExists if the key is taken
     */
    void create(Creation creation);
}
