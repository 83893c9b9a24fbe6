package dev.pilot.api.store;

import dev.pilot.api.system.Overview;
import java.time.Instant;

/** What a store holds, as one consistent snapshot. Only for the thread and the time of the work it is given to. */
public interface StoreView {
    /**
     * The store's time: the only clock for leases and versions. The same during one unit of work.
     *
     * @return the time, to the microsecond
     */
    Instant now();

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
