package dev.pilot.store.jdbi.system;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.CreationRecords;
import dev.pilot.store.jdbi.Micros;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code creation}. */
public final class CreationTable implements CreationRecords {
    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public CreationTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<Creation> find(String kind, String key) {
        return Optional.ofNullable(all(kind, List.of(key)).get(key));
    }

    @Override
    public Map<String, Creation> all(String kind, Collection<String> keys) {
        Map<String, Creation> found = new HashMap<>();
        if (!keys.isEmpty()) {
            handle.createQuery(
                            "select name, hash, entity_id, created_at from creation where kind = :kind and name in (<keys>)")
                    .bind("kind", kind)
                    .bindList("keys", List.copyOf(keys))
                    .map((row, context) -> new Creation(
                            kind, row.getString(1), row.getString(2), row.getString(3), Micros.instant(row.getLong(4))))
                    .forEach(creation -> found.put(creation.key(), creation));
        }
        return found;
    }

    @Override
    public void create(List<Creation> creations) {
        if (creations.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into creation (kind, name, hash, entity_id, created_at)
                values (:kind, :key, :hash, :entity, :createdAt)
                on conflict (kind, name) do nothing
                """);
        for (Creation creation : creations) {
            batch.bind("kind", creation.kind())
                    .bind("key", creation.key())
                    .bind("hash", creation.hash())
                    .bind("entity", creation.entityId())
                    .bind("createdAt", Micros.of(creation.createdAt()))
                    .add();
        }
        int[] counts = batch.execute();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                Creation taken = creations.get(i);
                throw new AlreadyExists(
                        taken.kind(), taken.key(), taken.key() + " was used for a " + taken.kind() + " before.");
            }
        }
    }
}
