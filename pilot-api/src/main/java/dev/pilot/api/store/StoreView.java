package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.system.Overview;
import java.time.Instant;
import java.util.Set;

/** What a store holds, as one consistent snapshot. Only for the thread and the time of the work it is given to. */
public interface StoreView {
    /**
     * The store's time: the only clock for leases and versions. The same during one unit of work.
     *
     * @return the time, to the microsecond
     */
    Instant now();

    /**
     * The same as somebody sees it who is bound to some projects: what belongs to others is not there, whether it is looked for by its
     * id, listed, counted or added up. Of events, only those of these projects are there; of repositories, those that these projects
     * use. What is nobody's own - agent profiles, quotas, budgets, workers - is as it is, and so is what claims, limits and sweeps go by.
     * It costs what a filter for each of the projects costs.
     *
     * @param projects the projects, at least one
     * @return a view of the same snapshot
     */
    StoreView within(Set<ProjectId> projects);

    /**
     * The projects.
     *
     * @return their reader
     */
    ProjectReader projects();

    /**
     * The tasks.
     *
     * @return their reader
     */
    TaskReader tasks();

    /**
     * The agent profiles.
     *
     * @return their reader
     */
    AgentReader agents();

    /**
     * The runs.
     *
     * @return their reader
     */
    RunReader runs();

    /**
     * The graph runs.
     *
     * @return their reader
     */
    GraphRunReader graphRuns();

    /**
     * The quotas.
     *
     * @return their reader
     */
    QuotaReader quotas();

    /**
     * The budgets of scopes.
     *
     * @return their reader
     */
    BudgetReader budgets();

    /**
     * The totals of what was used.
     *
     * @return their reader
     */
    UsageReader usage();

    /**
     * The approvals.
     *
     * @return their reader
     */
    ApprovalReader approvals();

    /**
     * The grants of tools.
     *
     * @return their reader
     */
    GrantReader grants();

    /**
     * The artifacts.
     *
     * @return their reader
     */
    ArtifactReader artifacts();

    /**
     * The repositories.
     *
     * @return their reader
     */
    RepoReader repos();

    /**
     * The workers.
     *
     * @return their reader
     */
    WorkerReader workers();

    /**
     * The events.
     *
     * @return their reader
     */
    EventReader events();

    /**
     * The users.
     *
     * @return their reader
     */
    UserReader users();

    /**
     * The tokens.
     *
     * @return their reader
     */
    TokenReader tokens();

    /**
     * The sessions.
     *
     * @return their reader
     */
    SessionReader sessions();

    /**
     * The audit log.
     *
     * @return its reader
     */
    AuditReader audit();

    /**
     * Counts over all that the hub keeps.
     *
     * @return the counts
     */
    Overview overview();
}
