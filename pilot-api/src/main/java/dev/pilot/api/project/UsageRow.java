package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.run.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What runs used, for one combination of keys; a key is null where it was not asked for.
 *
 * @param day the day, UTC, such as {@code 2026-01-31}
 * @param project the project's id
 * @param agent the agent's id; {@code none} for runs without one
 * @param model the model; {@code none} for runs without one
 * @param provider the model's provider; {@code none} for runs without one
 * @param used the sums; changed files and lines are no sums and stay 0
 * @param selfReported the part of them that only the agents' word stands behind
 */
public record UsageRow(
        @Nullable String day,
        @Nullable String project,
        @Nullable String agent,
        @Nullable String model,
        @Nullable String provider,
        Usage used,
        Usage selfReported) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent
     */
    public UsageRow {
        InvalidInput.required(used, "used");
        selfReported = selfReported == null ? Usage.NONE : selfReported;
    }
}
