package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.util.Map;

/**
 * A quota and what counts against it now.
 *
 * @param quota the quota
 * @param active how many runs are active, by key; keys without any are left out
 */
public record QuotaUse(Quota quota, Map<String, Integer> active) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if the quota is absent
     */
    public QuotaUse {
        InvalidInput.required(quota, "quota");
        active = active == null ? Map.of() : Map.copyOf(active);
    }
}
