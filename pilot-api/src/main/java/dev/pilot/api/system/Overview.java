package dev.pilot.api.system;

import java.util.Map;

/**
 * Counts over all that a hub keeps.
 *
 * @param projects how many projects
 * @param tasks tasks by status
 * @param runs runs by state
 * @param pendingApprovals how many decisions are waited for
 * @param repos how many repositories
 * @param agents how many agent profiles
 * @param lastPosition the position of the newest event
 */
public record Overview(
        long projects,
        Map<String, Long> tasks,
        Map<String, Long> runs,
        long pendingApprovals,
        long repos,
        long agents,
        long lastPosition) {
    /** Copies the maps. */
    public Overview {
        tasks = Map.copyOf(tasks);
        runs = Map.copyOf(runs);
    }
}
