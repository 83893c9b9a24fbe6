package dev.pilot.core.system;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.Id;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Created;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes creates repeatable: the same id or key with the same content finds what the first one made. */
public final class Creating {
    private Creating() {}

    /**
     * Creates something, or finds what the same command made before.
     *
     * @param <T> what is created
     * @param unit the unit of work
     * @param kind the kind of entity, such as {@code project}
     * @param command the redacted command
     * @param id the caller's own id, or null
     * @param key the caller's idempotency key, or null
     * @param find finds an entity by its id
     * @param create inserts the entity and answers it; its id is told by {@code idOf}
     * @param idOf the entity's id
     * @return the entity, and whether it is new
     * @throws AlreadyExists if the id or key was used with other content
     */
    public static <T> Created<T> createOrFind(
            StoreUnit unit,
            String kind,
            Record command,
            @Nullable Id id,
            @Nullable String key,
            Function<String, Optional<T>> find,
            Supplier<T> create,
            Function<T, String> idOf) {
        String hash = Fingerprint.of(command);
        if (key != null) {
            Created<T> found = found(unit, kind, "key:" + key, key, hash, find);
            if (found != null) {
                return found;
            }
        }
        if (id != null) {
            Created<T> found = found(unit, kind, "id:" + id.value(), id.value(), hash, find);
            if (found != null) {
                return found;
            }
            if (find.apply(id.value()).isPresent()) {
                throw taken(kind, id.value());
            }
        }
        T made = create.get();
        if (key != null) {
            unit.creations().create(new Creation(kind, "key:" + key, hash, idOf.apply(made), unit.now()));
        }
        if (id != null) {
            unit.creations().create(new Creation(kind, "id:" + id.value(), hash, idOf.apply(made), unit.now()));
        }
        return new Created<>(made, true);
    }

    private static <T> @Nullable Created<T> found(
            StoreUnit unit, String kind, String key, String shown, String hash, Function<String, Optional<T>> find) {
        Optional<Creation> before = unit.creations().find(kind, key);
        if (before.isEmpty()) {
            return null;
        }
        if (!before.get().hash().equals(hash)) {
            throw taken(kind, shown);
        }
        Optional<T> there = find.apply(before.get().entityId());
        if (there.isEmpty()) {
            throw new AlreadyExists(
                    kind, shown, "The " + kind + " that " + shown + " made was deleted since: use another id or key.");
        }
        return new Created<>(there.get(), false);
    }

    private static AlreadyExists taken(String kind, String shown) {
        return new AlreadyExists(
                kind, shown, "There is a " + kind + " " + shown + " with other content: use another id or key.");
    }
}
