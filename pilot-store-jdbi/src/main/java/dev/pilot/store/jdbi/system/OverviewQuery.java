package dev.pilot.store.jdbi.system;

import dev.pilot.api.system.Overview;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Counts over all tables. */
public final class OverviewQuery {
    private OverviewQuery() {}

    /**
     * Counts.
     *
     * @param handle the connection
     * @return the counts
     */
    public static Overview run(Handle handle) {
        return new Overview(
                count(handle, "select count(*) from project"),
                counts(handle, "select status, count(*) from task group by status"),
                counts(handle, "select state, count(*) from run group by state"),
                count(handle, "select count(*) from approval where status = 'pending'"),
                count(handle, "select count(*) from repo"),
                count(handle, "select count(*) from agent"),
                count(handle, "select coalesce(max(position), 0) from event"));
    }

    private static long count(Handle handle, String select) {
        return handle.createQuery(select).mapTo(Long.class).one();
    }

    private static Map<String, Long> counts(Handle handle, String select) {
        Map<String, Long> counts = new LinkedHashMap<>();
        handle.createQuery(select)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
