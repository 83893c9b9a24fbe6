package dev.pilot.api.store;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.run.RunnerKind;
import java.util.Set;

/**
 * Which queued runs a worker may take.
 *
 * @param labels the worker's labels; a run's must all be among them
 * @param runners the runners that the worker has
 * @param shutRepos repositories whose quota has no room
 * @param shutProviders providers whose quota has no room
 * @param shutTools tools whose quota has no room
 * @param spent whose budget has no room; child runs pass, since their parent may have reserved it
 */
public record ClaimFilter(
        Set<String> labels,
        Set<RunnerKind> runners,
        Set<RepoId> shutRepos,
        Set<String> shutProviders,
        Set<String> shutTools,
        Spent spent) {
    /** Keeps what is given from changing. */
    public ClaimFilter {
        labels = Set.copyOf(labels);
        runners = Set.copyOf(runners);
        shutRepos = Set.copyOf(shutRepos);
        shutProviders = Set.copyOf(shutProviders);
        shutTools = Set.copyOf(shutTools);
    }

    /**
     * What is used up.
     *
     * @param overall whether nothing may start at all
     * @param projects projects
     * @param agents agents
     * @param providers providers
     * @param graphRuns runs of task graphs
     */
    public record Spent(
            boolean overall,
            Set<ProjectId> projects,
            Set<AgentId> agents,
            Set<String> providers,
            Set<GraphRunId> graphRuns) {
        /** Nothing. */
        public static final Spent NONE = new Spent(false, Set.of(), Set.of(), Set.of(), Set.of());

        /** Keeps what is given from changing. */
        public Spent {
            projects = Set.copyOf(projects);
            agents = Set.copyOf(agents);
            providers = Set.copyOf(providers);
            graphRuns = Set.copyOf(graphRuns);
        }
    }

    /**
     * One that neither quotas nor projects narrow.
     *
     * @param labels the worker's labels
     * @param runners the runners that it has
     * @return the filter
     */
    public static ClaimFilter of(Set<String> labels, Set<RunnerKind> runners) {
        return new ClaimFilter(labels, runners, Set.of(), Set.of(), Set.of(), Spent.NONE);
    }
}
