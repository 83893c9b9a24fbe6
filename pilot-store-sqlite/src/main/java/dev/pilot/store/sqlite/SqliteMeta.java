package dev.pilot.store.sqlite;

import dev.pilot.api.store.StoreInfo;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a database says of itself: the names of the hub's data and of its event log, made with it. */
final class SqliteMeta {
    private SqliteMeta() {}

    static StoreInfo readOrMake(SqliteConnection connection, SqliteFile file) {
        Handle handle = connection.handle();
        connection.begin();
        try {
            String hubId = get(handle, "hub.id");
            String epoch = get(handle, "epoch");
            String version = handle.createQuery("select sqlite_version()")
                    .mapTo(String.class)
                    .one();
            connection.commit();
            return new StoreInfo("sqlite", version, file.path().toString(), hubId, epoch);
        } finally {
            connection.rollback();
        }
    }

    private static String get(Handle handle, String name) {
        handle.createUpdate("insert into meta (name, value) values (:name, :value) on conflict (name) do nothing")
                .bind("name", name)
                .bind("value", UUID.randomUUID().toString())
                .execute();
        return handle.createQuery("select value from meta where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }
}
