package dev.pilot.api.store;

import java.util.List;

/** Reads and writes the totals of what was used. They outlive the runs. */
public interface UsageRecords extends UsageReader {
    /**
     * Adds to totals.
     *
     * @param entries what is added
     */
    void add(List<UsageEntry> entries);
}
