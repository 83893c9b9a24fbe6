package dev.pilot.core.system;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.Id;
import dev.pilot.api.store.Creation;
import dev.pilot.api.value.Created;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a create is known when it comes again: by its idempotency key, by its own id, by both, or not at all.
 *
 * @param kind the kind of entity, such as {@code project}
 * @param hash what it asks for; empty where it isn't known again
 * @param id the caller's own id, or null
 * @param key the caller's idempotency key, or null
 */
public record CreateName(
        String kind,
        String hash,
        @Nullable String id,
        @Nullable String key) {
    /**
     * Of a command.
     *
     * @param kind the kind of entity
     * @param command the redacted command
     * @param id the caller's own id, or null
     * @param key the caller's idempotency key, or null
     * @return how it is known again
     */
    public static CreateName of(String kind, Record command, @Nullable Id id, @Nullable String key) {
        boolean known = id != null || key != null;
        return new CreateName(kind, known ? Fingerprint.of(command) : "", id == null ? null : id.value(), key);
    }

    /**
     * The keys of its records.
     *
     * @return none where it isn't known again
     */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (key != null) {
            keys.add("key:" + key);
        }
        if (id != null) {
            keys.add("id:" + id);
        }
        return keys;
    }

    /**
     * Finds what the same command made before.
     *
     * @param <T> what is created
     * @param before what its keys made, by key
     * @param find finds an entity by its id
     * @return what it made, or null if it is to be made now
     * @throws AlreadyExists if the id or key was used with other content
     */
    public <T> @Nullable Created<T> found(Map<String, Creation> before, Function<String, Optional<T>> find) {
        for (String name : keys()) {
            Creation creation = before.get(name);
            if (creation != null) {
                return found(creation, name.substring(name.indexOf(':') + 1), find);
            }
        }
        if (id != null && find.apply(id).isPresent()) {
            throw taken(id);
        }
        return null;
    }

    private <T> Created<T> found(Creation creation, String shown, Function<String, Optional<T>> find) {
        if (!creation.hash().equals(hash)) {
            throw taken(shown);
        }
        T there = find.apply(creation.entityId())
                .orElseThrow(() -> new AlreadyExists(
                        kind,
                        shown,
                        "The " + kind + " that " + shown + " made was deleted since: use another id or key."));
        return new Created<>(there, false);
    }

    private AlreadyExists taken(String shown) {
        return new AlreadyExists(
                kind, shown, "There is a " + kind + " " + shown + " with other content: use another id or key.");
    }

    /**
     * The records that make it known again.
     *
     * @param entityId what it made
     * @param at when
     * @return one per key
     */
    public List<Creation> records(String entityId, Instant at) {
        return keys().stream()
                .map(name -> new Creation(kind, name, hash, entityId, at))
                .toList();
    }
}
