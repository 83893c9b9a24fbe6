package dev.pilot.api.store;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Usage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is added to the totals of a day, project, agent, model and provider.
 *
 * @param day the day, UTC
 * @param projectId the project
 * @param agentId the agent, or null
 * @param model the model, or null
 * @param provider the model's provider, or null
 * @param used what was used
 * @param selfReported the part of it that only an agent's word stands behind
 */
public record UsageEntry(
        LocalDate day,
        ProjectId projectId,
        @Nullable AgentId agentId,
        @Nullable String model,
        @Nullable String provider,
        Usage used,
        Usage selfReported) {}
