package dev.pilot.store.jdbi.run;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.store.QuotaRecords;
import dev.pilot.api.value.Named;
import dev.pilot.store.jdbi.Micros;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code quota}. */
public final class QuotaTable implements QuotaRecords {
    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public QuotaTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public List<Quota> list() {
        return handle.createQuery("select scope, name, most, updated_at from quota order by scope, name")
                .map((row, context) -> new Quota(
                        Named.parse(QuotaScope.class, row.getString("scope"), "scope"),
                        row.getString("name"),
                        row.getInt("most"),
                        Micros.instant(row.getLong("updated_at"))))
                .list();
    }

    @Override
    public void set(Quota quota) {
        handle.createUpdate("""
                        insert into quota (scope, name, most, updated_at) values (:scope, :key, :max, :updatedAt)
                        on conflict (scope, name) do update set most = excluded.most, updated_at = excluded.updated_at
                        """)
                .bind("scope", quota.scope().wire())
                .bind("key", quota.key())
                .bind("max", quota.max())
                .bind("updatedAt", Micros.of(quota.updatedAt()))
                .execute();
    }

    @Override
    public boolean delete(QuotaScope scope, String key) {
        return handle.createUpdate("delete from quota where scope = :scope and name = :key")
                        .bind("scope", scope.wire())
                        .bind("key", key)
                        .execute()
                > 0;
    }
}
