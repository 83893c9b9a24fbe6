package dev.pilot.store.jdbi.system;

import dev.pilot.api.system.Overview;
import dev.pilot.store.jdbi.Bounds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Counts over all tables. */
public final class OverviewQuery {
    private final Handle handle;
    private final Bounds bounds;

    private OverviewQuery(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    /**
     * Counts.
     *
     * @param handle the connection
     * @param bounds the projects that count
     * @param lastPosition the newest event's position
     * @return the counts
     */
    public static Overview run(Handle handle, Bounds bounds, long lastPosition) {
        OverviewQuery query = new OverviewQuery(handle, bounds);
        return new Overview(
                query.count("select count(*) from project" + bounds.where("id")),
                query.counts("select status, count(*) from task" + bounds.where("project_id") + " group by status"),
                query.counts("select state, count(*) from run" + bounds.where("project_id") + " group by state"),
                query.count("select count(*) from approval where status = 'pending'" + bounds.and("project_id")),
                bounds.narrow()
                        ? query.count("select count(distinct repo_id) from project" + bounds.where("id"))
                        : query.count("select count(*) from repo"),
                handle.createQuery("select count(*) from agent")
                        .mapTo(Long.class)
                        .one(),
                lastPosition);
    }

    private long count(String select) {
        return bounds.bind(handle.createQuery(select)).mapTo(Long.class).one();
    }

    private Map<String, Long> counts(String select) {
        Map<String, Long> counts = new LinkedHashMap<>();
        bounds.bind(handle.createQuery(select))
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }
}
