package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.run.RunnerKind;
import java.util.Set;

/**
 * Which queued runs a worker may take.
 *
 * @param labels the worker's labels; a run's must all be among them
 * @param runners the runners that the worker has
 * @param shutProjects projects whose quota has no room
 * @param shutRepos repositories whose quota has no room
 * @param shutProviders providers whose quota has no room
 * @param shutTools tools whose quota has no room
 */
public record ClaimFilter(
        Set<String> labels,
        Set<RunnerKind> runners,
        Set<ProjectId> shutProjects,
        Set<RepoId> shutRepos,
        Set<String> shutProviders,
        Set<String> shutTools) {
    /** Keeps what is given from changing. */
    public ClaimFilter {
        labels = Set.copyOf(labels);
        runners = Set.copyOf(runners);
        shutProjects = Set.copyOf(shutProjects);
        shutRepos = Set.copyOf(shutRepos);
        shutProviders = Set.copyOf(shutProviders);
        shutTools = Set.copyOf(shutTools);
    }

    /**
     * One that no quota narrows.
     *
     * @param labels the worker's labels
     * @param runners the runners that it has
     * @return the filter
     */
    public static ClaimFilter of(Set<String> labels, Set<RunnerKind> runners) {
        return new ClaimFilter(labels, runners, Set.of(), Set.of(), Set.of(), Set.of());
    }
}
