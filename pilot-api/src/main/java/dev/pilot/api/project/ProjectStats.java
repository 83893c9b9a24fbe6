package dev.pilot.api.project;

import java.util.List;
import java.util.Map;

/**
 * Counts over all projects and their runs.
 *
 * @param projects how many projects there are
 * @param byStatus projects by status
 * @param byPriority projects by priority
 * @param byCategory projects by category; {@code none} for those without
 * @param byTag projects by tag
 * @param runsByState runs by state
 * @param usageByDay what runs used, by the day they were created
 * @param usageByProject what runs used, by project
 * @param usageByAgent what runs used, by agent
 * @param usageByModel what runs used, by model
 */
public record ProjectStats(
        long projects,
        Map<String, Long> byStatus,
        Map<String, Long> byPriority,
        Map<String, Long> byCategory,
        Map<String, Long> byTag,
        Map<String, Long> runsByState,
        List<UsageTotal> usageByDay,
        List<UsageTotal> usageByProject,
        List<UsageTotal> usageByAgent,
        List<UsageTotal> usageByModel) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public ProjectStats {
        byStatus = byStatus == null ? Map.of() : Map.copyOf(byStatus);
        byPriority = byPriority == null ? Map.of() : Map.copyOf(byPriority);
        byCategory = byCategory == null ? Map.of() : Map.copyOf(byCategory);
        byTag = byTag == null ? Map.of() : Map.copyOf(byTag);
        runsByState = runsByState == null ? Map.of() : Map.copyOf(runsByState);
        usageByDay = usageByDay == null ? List.of() : List.copyOf(usageByDay);
        usageByProject = usageByProject == null ? List.of() : List.copyOf(usageByProject);
        usageByAgent = usageByAgent == null ? List.of() : List.copyOf(usageByAgent);
        usageByModel = usageByModel == null ? List.of() : List.copyOf(usageByModel);
    }
}
