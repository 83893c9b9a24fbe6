package dev.pilot.api.run;

import java.util.List;

/** How many runs may be active at once. Without a quota there is no limit but the workers' slots. */
public interface Quotas {
    /**
     * Sets a quota, or changes it.
     *
     * @param scope what it counts by
     * @param key which one of these, or {@link Quota#EACH} for every one that has no quota of its own
     * @param max how many runs at most; 0 lets none start
     * @return the quota
     * @throws dev.pilot.api.error.InvalidInput if the key or the number can't be
     */
    Quota set(QuotaScope scope, String key, int max);

    /**
     * Takes a quota away.
     *
     * @param scope what it counts by
     * @param key its key
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    void remove(QuotaScope scope, String key);

    /**
     * All quotas by scope and key, with what counts against them now.
     *
     * @return the quotas
     */
    List<QuotaUse> list();
}
