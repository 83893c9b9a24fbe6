package dev.pilot.api.store;

import dev.pilot.api.run.Quota;
import java.util.List;

/** Reads quotas. */
public interface QuotaReader {
    /**
     * All there are, by scope and key.
     *
     * @return the quotas
     */
    List<Quota> list();
}
