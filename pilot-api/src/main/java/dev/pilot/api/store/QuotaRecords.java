package dev.pilot.api.store;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;

/** Reads and writes quotas. */
public interface QuotaRecords extends QuotaReader {
    /**
     * Inserts a quota, or replaces the one with its scope and key.
     *
     * @param quota the quota
     */
    void set(Quota quota);

    /**
     * Deletes a quota.
     *
     * @param scope what it counts by
     * @param key its key
     * @return whether there was one
     */
    boolean delete(QuotaScope scope, String key);
}
