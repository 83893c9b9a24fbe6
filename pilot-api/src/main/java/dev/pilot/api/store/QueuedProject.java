package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;

/**
 * A project with runs in the queue.
 *
 * @param projectId the project
 * @param bestPriority the lowest priority number among its queued runs
 */
public record QueuedProject(ProjectId projectId, int bestPriority) {}
