package dev.pilot.core;

import dev.pilot.api.repo.VcsSync;
import dev.pilot.core.account.AccountArea;
import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.approval.DecisionEffects;
import dev.pilot.core.audit.AuditDesk;
import dev.pilot.core.event.EventFeed;
import dev.pilot.core.graph.GraphArea;
import dev.pilot.core.limit.LimitArea;
import dev.pilot.core.project.ActionProposals;
import dev.pilot.core.project.TaskWatch;
import dev.pilot.core.project.TaskWatches;
import dev.pilot.core.repo.RepoDesk;
import dev.pilot.core.run.RunArea;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * All that the use-cases of a hub are made of, one of each per hub.
 *
 * @param hub what all stand on
 * @param journal writes events
 * @param watch is told what happens to tasks
 * @param proposals asks for decisions about projects
 * @param repos handles copies of repositories
 * @param feed tells of events
 * @param limits say what runs may use
 * @param runs the runs, and those who carry them out
 * @param graphs the graph runs
 * @param accounts who comes in
 * @param audits keeps the record of decisions
 */
record Rooms(
        HubContext hub,
        Journal journal,
        TaskWatch watch,
        ActionProposals proposals,
        RepoDesk repos,
        EventFeed feed,
        LimitArea limits,
        RunArea runs,
        GraphArea graphs,
        AccountArea accounts,
        AuditDesk audits) {
    /**
     * Builds them, each on those before it. What happens to tasks and what is decided comes back to later ones by what they have said
     * they do about it.
     *
     * @param hub what all stand on
     * @param vcs handles copies of repositories; null for none
     * @param timer runs what is due
     * @param followers runs those who follow and wait
     */
    static Rooms of(HubContext hub, @Nullable VcsSync vcs, ScheduledExecutorService timer, Executor followers) {
        Journal journal = new Journal(hub.ids());
        AuditDesk audits = new AuditDesk(hub);
        RepoDesk repos = new RepoDesk(hub.data(), vcs);
        ApprovalDesk approvals = new ApprovalDesk(hub, journal);
        TaskWatches watches = new TaskWatches();
        DecisionEffects effects = new DecisionEffects();
        ActionProposals proposals = new ActionProposals(hub, journal, watches, approvals);
        effects.add("project", proposals);
        EventFeed feed = new EventFeed(hub.store(), followers, hub.config().following());
        LimitArea limits = new LimitArea(hub, journal);
        RunArea.Others others = new RunArea.Others(approvals, effects, repos, watches, feed, limits);
        RunArea runs = new RunArea(hub, journal, others, timer, followers);
        GraphArea graphs = new GraphArea(hub, journal, approvals, limits.scopeBudgets(), runs.desk(), timer);
        watches.add(graphs.watch());
        effects.add("graph-run", graphs.decisions());
        runs.start(graphs::sweep);
        AccountArea accounts = new AccountArea(hub, journal, timer);
        return new Rooms(hub, journal, watches, proposals, repos, feed, limits, runs, graphs, accounts, audits);
    }
}
