package dev.pilot.store.jdbi.system;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.CreationRecords;
import dev.pilot.store.jdbi.Micros;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
        return handle.createQuery("select hash, entity_id, created_at from creation where kind = :kind and name = :key")
                .bind("kind", kind)
                .bind("key", key)
                .map((row, context) ->
                        new Creation(kind, key, row.getString(1), row.getString(2), Micros.instant(row.getLong(3))))
                .findOne();
    }

    @Override
    public void create(Creation creation) {
        int created = handle.createUpdate("""
                        insert into creation (kind, name, hash, entity_id, created_at)
                        values (:kind, :key, :hash, :entity, :createdAt)
                        on conflict (kind, name) do nothing
                        """)
                .bind("kind", creation.kind())
                .bind("key", creation.key())
                .bind("hash", creation.hash())
                .bind("entity", creation.entityId())
                .bind("createdAt", Micros.of(creation.createdAt()))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    creation.kind(),
                    creation.key(),
                    creation.key() + " was used for a " + creation.kind() + " before.");
        }
    }
}
