package dev.pilot.api.store;

/** A view that can also write: one atomic unit of work. It sees its own writes. */
public interface StoreUnit extends StoreView {
    @Override
    ProjectRecords projects();

    @Override
    TaskRecords tasks();

    @Override
    AgentRecords agents();

    @Override
    RunRecords runs();

    @Override
    GraphRunRecords graphRuns();

    @Override
    QuotaRecords quotas();

    @Override
    BudgetRecords budgets();

    @Override
    UsageRecords usage();

    @Override
    ApprovalRecords approvals();

    @Override
    GrantRecords grants();

    @Override
    ArtifactRecords artifacts();

    @Override
    RepoRecords repos();

    @Override
    WorkerRecords workers();

    @Override
    EventRecords events();

    @Override
    UserRecords users();

    @Override
    TokenRecords tokens();

    @Override
    SessionRecords sessions();

    @Override
    AuditRecords audit();

    /**
     * Which create made what.
     *
     * @return their records
     */
    CreationRecords creations();
}
