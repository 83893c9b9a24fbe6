package dev.pilot.api.project;

import dev.pilot.api.error.InvalidInput;

/**
 * What runs have used, for one key.
 *
 * @param key a day (UTC, {@code 2026-01-31}), project, agent or model; {@code none} where a run has none
 * @param runs how many runs
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param costMicros cost in millionths of the currency unit
 */
public record UsageTotal(String key, long runs, long inputTokens, long outputTokens, long costMicros) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public UsageTotal {
        InvalidInput.required(key, "key");
    }
}
