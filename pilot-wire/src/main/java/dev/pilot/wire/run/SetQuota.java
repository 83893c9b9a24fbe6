package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import org.jspecify.annotations.Nullable;

/**
 * What a quota is set to.
 *
 * @param scope what it counts by
 * @param key which one of these; {@link Quota#EACH} if absent
 * @param max how many runs at most
 */
public record SetQuota(
        QuotaScope scope, @Nullable String key, @Nullable Integer max) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public SetQuota {
        InvalidInput.required(scope, "scope");
        key = key == null ? Quota.EACH : key;
        InvalidInput.required(max, "max");
    }
}
