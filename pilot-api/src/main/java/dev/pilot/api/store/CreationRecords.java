package dev.pilot.api.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
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
     * Finds what keys made.
     *
     * @param kind the kind of entity
     * @param keys ids or idempotency keys
     * @return the records that there are, by key
     */
    Map<String, Creation> all(String kind, Collection<String> keys);

    /**
     * Inserts one.
     *
     * @param creation the record
     * @throws dev.pilot.api.error.AlreadyExists if the key is taken
     */
    default void create(Creation creation) {
        create(List.of(creation));
    }

    /**
     * Inserts some: all or none.
     *
     * @param creations the records
     * @throws dev.pilot.api.error.AlreadyExists if a key is taken
     */
    void create(List<Creation> creations);
}
