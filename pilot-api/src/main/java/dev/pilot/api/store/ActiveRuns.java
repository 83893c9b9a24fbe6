package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import org.jspecify.annotations.Nullable;

/**
 * How many runs with the same project, repository and provider hold a lease.
 *
 * @param projectId their project
 * @param repoId their repository, or null
 * @param provider their model's provider, or null
 * @param count how many
 */
public record ActiveRuns(
        ProjectId projectId,
        @Nullable RepoId repoId,
        @Nullable String provider,
        int count) {}
