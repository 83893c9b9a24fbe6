package dev.pilot.core.system;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.Id;
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
        CreateName name = CreateName.of(kind, command, id, key);
        Created<T> found = name.found(unit.creations().all(kind, name.keys()), find);
        if (found != null) {
            return found;
        }
        T made = create.get();
        unit.creations().create(name.records(idOf.apply(made), unit.now()));
        return new Created<>(made, true);
    }
}
