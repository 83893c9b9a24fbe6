package dev.pilot.store.jdbi.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.store.AgentRecords;
import dev.pilot.api.store.ApprovalRecords;
import dev.pilot.api.store.ArtifactRecords;
import dev.pilot.api.store.AuditRecords;
import dev.pilot.api.store.BudgetRecords;
import dev.pilot.api.store.CreationRecords;
import dev.pilot.api.store.EventRecords;
import dev.pilot.api.store.GrantRecords;
import dev.pilot.api.store.GraphRunRecords;
import dev.pilot.api.store.ProjectRecords;
import dev.pilot.api.store.QuotaRecords;
import dev.pilot.api.store.RepoRecords;
import dev.pilot.api.store.RunRecords;
import dev.pilot.api.store.SessionRecords;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.store.TaskRecords;
import dev.pilot.api.store.TokenRecords;
import dev.pilot.api.store.UsageRecords;
import dev.pilot.api.store.UserRecords;
import dev.pilot.api.store.WorkerRecords;
import dev.pilot.api.system.Overview;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.RowStatement;
import dev.pilot.store.jdbi.Syntax;
import dev.pilot.store.jdbi.access.AuditTable;
import dev.pilot.store.jdbi.access.SessionTable;
import dev.pilot.store.jdbi.access.TokenTable;
import dev.pilot.store.jdbi.access.UserTable;
import dev.pilot.store.jdbi.project.ProjectTable;
import dev.pilot.store.jdbi.project.TaskTable;
import dev.pilot.store.jdbi.repo.RepoTable;
import dev.pilot.store.jdbi.run.AgentTable;
import dev.pilot.store.jdbi.run.ApprovalTable;
import dev.pilot.store.jdbi.run.ArtifactTable;
import dev.pilot.store.jdbi.run.BudgetTable;
import dev.pilot.store.jdbi.run.EventTable;
import dev.pilot.store.jdbi.run.GrantTable;
import dev.pilot.store.jdbi.run.GraphRunTable;
import dev.pilot.store.jdbi.run.QuotaTable;
import dev.pilot.store.jdbi.run.RunTable;
import dev.pilot.store.jdbi.run.UsageTable;
import dev.pilot.store.jdbi.run.WorkerTable;
import dev.pilot.store.jdbi.system.CreationTable;
import dev.pilot.store.jdbi.system.OverviewQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work on one connection. A view is one, too, on a connection that can't write; its callers see only the reading half. It
 * is refused to other threads and once it has ended: somebody else's transaction would be on the connection.
 */
public final class JdbiUnit implements StoreUnit {
    private final Handle handle;
    private final Bounds bounds;
    private final @Nullable JdbiUnit whole;
    private final Dialect dialect;
    private final Supplier<Instant> clock;
    private @Nullable Instant now;
    private final Thread owner = Thread.currentThread();
    private volatile boolean ended;

    /**
     * Begins one, for the current thread.
     *
     * @param handle the connection, in a transaction
     * @param dialect in what the engine differs
     * @param clock tells the store's time; asked once, when it is first needed
     */
    public JdbiUnit(Handle handle, Dialect dialect, Supplier<Instant> clock) {
        this(handle, Bounds.NONE, dialect, clock, null);
    }

    private JdbiUnit(Handle handle, Bounds bounds, Dialect dialect, Supplier<Instant> clock, @Nullable JdbiUnit whole) {
        this.handle = handle;
        this.bounds = bounds;
        this.whole = whole;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * Begins one that can't write, for the current thread.
     *
     * @param handle the connection, in a transaction that can't write
     * @param syntax in what the engine's SQL differs
     * @param clock tells the store's time
     * @return the unit
     */
    public static JdbiUnit view(Handle handle, Syntax syntax, Supplier<Instant> clock) {
        return new JdbiUnit(handle, new Reading(syntax), clock);
    }

    /** Has the connection of this one, its time and its end. */
    @Override
    public StoreView within(Set<ProjectId> projects) {
        if (projects.isEmpty()) {
            throw new IllegalArgumentException("bound to no project");
        }
        return new JdbiUnit(handle(), Bounds.of(projects), new Reading(dialect), this::now, this);
    }

    private record Reading(Syntax syntax) implements Dialect {
        @Override
        public String firstOfEach(String table, String columns, String values, String rows) {
            return syntax.firstOfEach(table, columns, values, rows);
        }

        @Override
        public long positions(Handle handle, int count) {
            throw new IllegalStateException("a view can't write");
        }

        @Override
        public boolean[] write(RowStatement statement, List<@Nullable Object[]> rows) {
            throw new IllegalStateException("a view can't write");
        }
    }

    /** Ends it: nothing can be asked of it any more. */
    public void end() {
        ended = true;
    }

    private Handle handle() {
        if (whole != null) {
            return whole.handle();
        }
        if (ended || Thread.currentThread() != owner) {
            throw new IllegalStateException(
                    "a unit of work is only for the thread and the time of the work it is given to");
        }
        return handle;
    }

    @Override
    public Instant now() {
        Instant known = now;
        if (known == null) {
            known = clock.get();
            now = known;
        }
        return known;
    }

    @Override
    public ProjectRecords projects() {
        return new ProjectTable(handle(), bounds);
    }

    @Override
    public TaskRecords tasks() {
        return new TaskTable(handle(), bounds);
    }

    @Override
    public AgentRecords agents() {
        return new AgentTable(handle());
    }

    @Override
    public RunRecords runs() {
        return new RunTable(handle(), bounds, dialect);
    }

    @Override
    public GraphRunRecords graphRuns() {
        return new GraphRunTable(handle(), bounds, dialect);
    }

    @Override
    public QuotaRecords quotas() {
        return new QuotaTable(handle());
    }

    @Override
    public BudgetRecords budgets() {
        return new BudgetTable(handle());
    }

    @Override
    public UsageRecords usage() {
        return new UsageTable(handle(), bounds);
    }

    @Override
    public ApprovalRecords approvals() {
        return new ApprovalTable(handle(), bounds);
    }

    @Override
    public GrantRecords grants() {
        return new GrantTable(handle(), bounds);
    }

    @Override
    public ArtifactRecords artifacts() {
        return new ArtifactTable(handle(), bounds);
    }

    @Override
    public RepoRecords repos() {
        return new RepoTable(handle(), bounds);
    }

    @Override
    public WorkerRecords workers() {
        return new WorkerTable(handle());
    }

    @Override
    public EventRecords events() {
        return new EventTable(handle(), bounds, dialect, this::now);
    }

    @Override
    public UserRecords users() {
        return new UserTable(handle());
    }

    @Override
    public TokenRecords tokens() {
        return new TokenTable(handle());
    }

    @Override
    public SessionRecords sessions() {
        return new SessionTable(handle());
    }

    @Override
    public AuditRecords audit() {
        return new AuditTable(handle(), dialect);
    }

    @Override
    public CreationRecords creations() {
        return new CreationTable(handle());
    }

    @Override
    public Overview overview() {
        return OverviewQuery.run(handle(), bounds, events().last());
    }
}
