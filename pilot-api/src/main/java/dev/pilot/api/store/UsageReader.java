package dev.pilot.api.store;

import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import java.util.List;

/** Reads the totals of what was used. */
public interface UsageReader {
    /**
     * Adds up, in one grouped query.
     *
     * @param query what
     * @param limit how many rows at most
     * @return the rows, in order of their keys: day, project, agent, model, provider
     */
    List<UsageRow> sums(UsageQuery query, int limit);
}
