package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.store.ActiveRuns;
import dev.pilot.api.store.ClaimFilter;
import dev.pilot.api.store.QueuedProject;
import dev.pilot.api.store.RunChange;
import dev.pilot.api.store.RunRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import dev.pilot.store.jdbi.RowStatement;
import dev.pilot.wire.WireCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The tables {@code run}, {@code run_label}, {@code run_tool} and {@code attempt}. */
public final class RunTable implements RunRecords {
    /** Heartbeats and deleted tasks change columns without a new body. */
    private static final RowMapper<Run> RUN = (row, context) -> {
        Run run = Body.read(row, Run.class);
        Lease lease = run.lease();
        long expiry = row.getLong("lease_expires_at");
        boolean sameTask = run.taskId() == null || row.getString("task_id") != null;
        if (sameTask && (lease == null || Micros.of(lease.expiresAt()) == expiry)) {
            return run;
        }
        return run.toBuilder()
                .taskId(sameTask ? run.taskId() : null)
                .lease(
                        lease == null
                                ? null
                                : new Lease(lease.runId(), lease.attempt(), lease.workerId(), Micros.instant(expiry)))
                .build();
    };

    private static final String COLUMNS = "task_id, lease_expires_at, body";
    private static final String SELECT = "select " + COLUMNS + " from run";
    /** In which they are handed out. */
    private static final Comparator<Run> QUEUE = Comparator.comparingInt(Run::priority)
            .thenComparing(Run::createdAt)
            .thenComparing(run -> run.id().value());

    private static final String CLAIMABLE = """

            where state = 'QUEUED' and project_id = given.value%s
              and (not_before is null or not_before <= :now)
              and runner in (<runners>)
              and not exists (
                select 1 from run_label l where l.run_id = run.id and l.label not in (<labels>))
              and not exists (
                select 1 from task_dependency d join task needed on needed.id = d.depends_on
                where d.task_id = run.task_id and needed.status != 'done')
              and not exists (
                select 1 from graph_run g
                where g.id = run.graph_run_id and (g.state = 'PAUSED' or g.state = 'CANCELLED' and g.due = 1))
            order by priority, created_at, id limit :limit
            """;

    private static final String SHUT_REPOS = " and (repo_id is null or repo_id not in (<repos>))";
    private static final String SHUT_PROVIDERS = " and (provider is null or provider not in (<providers>))";
    private static final String SHUT_TOOLS =
            " and not exists (select 1 from run_tool t where t.run_id = run.id and t.tool in (<tools>))";

    private static final String CHANGING =
            "state text, priority bigint, attempt bigint, lease_worker text, lease_expires_at bigint, not_before bigint,"
                    + " input_tokens bigint, output_tokens bigint, cost_micros bigint, tool_calls bigint, wall_millis bigint,"
                    + " wall_due_at bigint, updated_at bigint, body text";
    private static final RowStatement INSERT = RowStatement.insert(
            "run",
            "id",
            CHANGING
                    + ", id text, project_id text, task_id text, agent_id text, repo_id text, parent_id text,"
                    + " graph_run_id text, external_id text, model text,"
                    + " provider text, stalls_after bigint, runner text, created_at bigint");
    private static final RowStatement UPDATE = RowStatement.update("run", CHANGING, "id text, updated_at bigint");
    private static final RowStatement INSERT_ATTEMPT =
            RowStatement.insert("attempt", "run_id, attempt", "body text, run_id text, attempt bigint");
    private static final RowStatement UPDATE_ATTEMPT =
            RowStatement.update("attempt", "body text", "run_id text, attempt bigint");

    private final Handle handle;
    private final Bounds bounds;
    private final Dialect dialect;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     * @param dialect writes rows
     */
    public RunTable(Handle handle, Bounds bounds, Dialect dialect) {
        this.handle = handle;
        this.bounds = bounds;
        this.dialect = dialect;
    }

    @Override
    public Optional<Run> find(RunId id) {
        return handle.createQuery(SELECT + " where id = :id")
                .bind("id", id.value())
                .map(RUN)
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public Optional<Run> findByExternalId(String externalId) {
        return new Query(SELECT)
                        .where("external_id = :external", "external", externalId)
                        .within("project_id", bounds, externalId)
                        .list(handle, "order by created_at desc, id desc limit :limit", 1, RUN)
                        .stream()
                        .findFirst();
    }

    @Override
    public Page<Run> list(RunFilter filter, PageRequest page) {
        List<Run> rows = new Query(SELECT)
                .within(
                        "project_id",
                        bounds.only(filter.projectId()),
                        filter.taskId(),
                        filter.graphRunId(),
                        filter.parentId(),
                        filter.externalId())
                .where("task_id = :task", "task", Query.text(filter.taskId()))
                .where("agent_id = :agent", "agent", Query.text(filter.agentId()))
                .where("graph_run_id = :graphRun", "graphRun", Query.text(filter.graphRunId()))
                .where("parent_id = :parent", "parent", Query.text(filter.parentId()))
                .where(stateOf(filter), "state", Query.wire(filter.state()))
                .where("external_id = :external", "external", filter.externalId())
                .after("(created_at, id) < (:after, :afterId)", page.cursor())
                .list(handle, "order by created_at desc, id desc limit :limit", page.limit() + 1, RUN);
        return Keyset.page(
                rows,
                page.limit(),
                run -> new Keyset(Micros.of(run.createdAt()), run.id().value()));
    }

    /** Where nothing else picks the runs, the indexes of states do, one of which is for the queue; else a project's or task's is better. */
    private static String stateOf(RunFilter filter) {
        boolean only = filter.equals(RunFilter.builder().state(filter.state()).build());
        String half = filter.state() == RunState.QUEUED ? " and state = 'QUEUED'" : " and state != 'QUEUED'";
        return "state = :state" + (only ? half : "");
    }

    @Override
    public List<Attempt> attempts(RunId id) {
        return handle.createQuery("select body from attempt where run_id = :run order by attempt")
                .bind("run", id.value())
                .map(Body.mapper(Attempt.class))
                .list();
    }

    @Override
    public Optional<Attempt> attempt(RunId id, int number) {
        return handle.createQuery("select body from attempt where run_id = :run and attempt = :attempt")
                .bind("run", id.value())
                .bind("attempt", number)
                .map(Body.mapper(Attempt.class))
                .findOne();
    }

    @Override
    public List<Run> activeOf(TaskId taskId) {
        return handle.createQuery(SELECT + """

                                where task_id = :task and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                                order by created_at, id
                                """)
                .bind("task", taskId.value())
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> activeOf(Collection<TaskId> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SELECT + """

                                where task_id in (<tasks>) and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                                order by created_at, id
                                """)
                .bindList(
                        "tasks", Query.evened(tasks.stream().map(TaskId::value).toList()))
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> expired(Instant now, int limit) {
        return handle.createQuery(SELECT + " where lease_expires_at <= :now order by lease_expires_at limit :limit")
                .bind("now", Micros.of(now))
                .bind("limit", limit)
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> stalled(Instant now, int limit) {
        return handle.createQuery(SELECT + """

                                where stalls_after is not null and lease_expires_at is not null
                                  and state in ('RUNNING', 'GATES')
                                  and stalls_after <= :now - (
                                    select at from event where event.run_id = run.id order by position desc limit 1)
                                order by id limit :limit
                                """)
                .bind("now", Micros.of(now))
                .bind("limit", limit)
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> overtime(Instant now, int limit) {
        return handle.createQuery(SELECT
                        + " where wall_due_at <= :now and state = 'RUNNING' order by wall_due_at, id limit :limit")
                .bind("now", Micros.of(now))
                .bind("limit", limit)
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> unfinishedChildren(RunId parentId) {
        return handle.createQuery(SELECT + """

                                where parent_id = :parent and state not in ('SUCCEEDED', 'FAILED', 'CANCELLED')
                                order by created_at, id
                                """)
                .bind("parent", parentId.value())
                .map(RUN)
                .list();
    }

    /** Hops from project to project in the queue's index: as many steps as there are projects, however long their queues are. */
    @Override
    public List<QueuedProject> queued() {
        return handle.createQuery("""
                        with recursive lane (project_id) as (
                          select min(project_id) from run where state = 'QUEUED'
                          union all
                          select (select min(project_id) from run where state = 'QUEUED' and project_id > lane.project_id)
                          from lane where lane.project_id is not null)
                        select project_id,
                          (select min(priority) from run where state = 'QUEUED' and run.project_id = lane.project_id) as best
                        from lane where project_id is not null
                        """)
                .map((row, context) ->
                        new QueuedProject(new ProjectId(row.getString("project_id")), row.getInt("best")))
                .list();
    }

    @Override
    public List<Run> claimable(ClaimFilter filter, List<ProjectId> projects, Instant now, int limit) {
        if (filter.runners().isEmpty() || projects.isEmpty()) {
            return List.of();
        }
        String sql = dialect.firstOfEach("run", COLUMNS, "lanes", CLAIMABLE.formatted(open(filter)));
        var query = handle.createQuery(sql)
                .bind(
                        "lanes",
                        WireCodec.writeText(
                                projects.stream().map(ProjectId::value).toList()));
        return claimable(query, filter, now, limit).stream().sorted(QUEUE).toList();
    }

    private static String open(ClaimFilter filter) {
        return (filter.shutRepos().isEmpty() ? "" : SHUT_REPOS)
                + (filter.shutProviders().isEmpty() ? "" : SHUT_PROVIDERS)
                + (filter.shutTools().isEmpty() ? "" : SHUT_TOOLS)
                + unspent(filter.spent());
    }

    /** A child run's share may be reserved by its parent, so it is always looked at. */
    private static String unspent(ClaimFilter.Spent spent) {
        if (spent.overall()) {
            return " and parent_id is not null";
        }
        List<String> open = new ArrayList<>();
        if (!spent.projects().isEmpty()) {
            open.add("project_id not in (<spentProjects>)");
        }
        if (!spent.agents().isEmpty()) {
            open.add("(agent_id is null or agent_id not in (<spentAgents>))");
        }
        if (!spent.providers().isEmpty()) {
            open.add("(provider is null or provider not in (<spentProviders>))");
        }
        if (!spent.graphRuns().isEmpty()) {
            open.add("(graph_run_id is null or graph_run_id not in (<spentGraphRuns>))");
        }
        return open.isEmpty() ? "" : " and (parent_id is not null or " + String.join(" and ", open) + ")";
    }

    private static List<Run> claimable(
            org.jdbi.v3.core.statement.Query query, ClaimFilter filter, Instant now, int limit) {
        // `in ()` is not SQL: a label that no run has stands for none.
        List<String> labels = new ArrayList<>(filter.labels());
        labels.add("");
        query.bind("now", Micros.of(now))
                .bindList(
                        "runners",
                        filter.runners().stream().map(RunnerKind::wire).toList())
                .bindList("labels", labels)
                .bind("limit", limit);
        bind(query, "repos", filter.shutRepos().stream().map(RepoId::value).toList());
        bind(query, "providers", List.copyOf(filter.shutProviders()));
        bind(query, "tools", List.copyOf(filter.shutTools()));
        ClaimFilter.Spent spent = filter.spent();
        if (!spent.overall()) {
            bind(
                    query,
                    "spentProjects",
                    spent.projects().stream().map(ProjectId::value).toList());
            bind(
                    query,
                    "spentAgents",
                    spent.agents().stream().map(AgentId::value).toList());
            bind(query, "spentProviders", List.copyOf(spent.providers()));
            bind(
                    query,
                    "spentGraphRuns",
                    spent.graphRuns().stream().map(GraphRunId::value).toList());
        }
        return query.map(RUN).list();
    }

    private static void bind(org.jdbi.v3.core.statement.Query query, String name, List<String> values) {
        if (!values.isEmpty()) {
            query.bindList(name, values);
        }
    }

    @Override
    public List<ActiveRuns> active() {
        return handle.createQuery("""
                        select project_id, repo_id, provider, count(*) as active
                        from run where lease_expires_at is not null
                        group by project_id, repo_id, provider
                        """)
                .map((row, context) -> {
                    String repo = row.getString("repo_id");
                    return new ActiveRuns(
                            new ProjectId(row.getString("project_id")),
                            repo == null ? null : new RepoId(repo),
                            row.getString("provider"),
                            row.getInt("active"));
                })
                .list();
    }

    @Override
    public Map<String, Integer> activeByTool() {
        Map<String, Integer> active = new HashMap<>();
        // A cross join, so that SQLite starts with the few runs that hold a lease.
        handle.createQuery("""
                        select tool, count(*) as active from run cross join run_tool
                        where run.lease_expires_at is not null and run_tool.run_id = run.id
                        group by tool
                        """)
                .map((row, context) -> active.put(row.getString("tool"), row.getInt("active")))
                .list();
        return active;
    }

    @Override
    public Map<RunId, Run> all(Collection<RunId> ids) {
        Map<RunId, Run> found = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery(SELECT + " where id in (<ids>)")
                    .bindList(
                            "ids",
                            Query.evened(
                                    ids.stream().map(RunId::value).distinct().toList()))
                    .map(RUN)
                    .filter(run -> bounds.has(run.projectId()))
                    .forEach(run -> found.put(run.id(), run));
        }
        return found;
    }

    @Override
    public Map<RunId, Attempt> attempts(Collection<Lease> leases) {
        Map<RunId, Attempt> found = new HashMap<>();
        if (!leases.isEmpty()) {
            Map<RunId, Integer> wanted = new HashMap<>();
            leases.forEach(lease -> wanted.put(lease.runId(), lease.attempt()));
            handle.createQuery("select body from attempt where run_id in (<ids>) and attempt in (<numbers>)")
                    .bindList(
                            "ids",
                            Query.evened(
                                    wanted.keySet().stream().map(RunId::value).toList()))
                    .bindList("numbers", Set.copyOf(wanted.values()))
                    .map(Body.mapper(Attempt.class))
                    .filter(attempt -> Objects.equals(wanted.get(attempt.runId()), attempt.attempt()))
                    .forEach(attempt -> found.put(attempt.runId(), attempt));
        }
        return found;
    }

    @Override
    public List<Run> leased(int limit) {
        return handle.createQuery(
                        SELECT + " where lease_expires_at is not null order by lease_expires_at, id limit :limit")
                .bind("limit", limit)
                .map(RUN)
                .list();
    }

    @Override
    public List<Run> heldBy(WorkerId worker) {
        return handle.createQuery(
                        SELECT
                                + " where lease_expires_at is not null and lease_worker = :worker order by lease_expires_at, id")
                .bind("worker", worker.value())
                .map(RUN)
                .list();
    }

    @Override
    public void create(List<Run> runs) {
        if (runs.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(runs.size());
        for (Run run : runs) {
            Duration stall = run.policy().stallAfter();
            List<@Nullable Object> row = new ArrayList<>(changing(run));
            row.add(run.id().value());
            row.add(run.projectId().value());
            row.add(Query.text(run.taskId()));
            row.add(Query.text(run.agentId()));
            row.add(Query.text(run.repoId()));
            row.add(Query.text(run.parentId()));
            row.add(Query.text(run.graphRunId()));
            row.add(run.externalId());
            row.add(run.profile().model());
            row.add(run.profile().provider());
            row.add(stall == null ? null : TimeUnit.NANOSECONDS.toMicros(stall.toNanos()));
            row.add(run.profile().runner().wire());
            row.add(Micros.of(run.createdAt()));
            rows.add(row.toArray());
        }
        boolean[] created = dialect.write(INSERT, rows);
        for (int i = 0; i < created.length; i++) {
            if (!created[i]) {
                RunId taken = runs.get(i).id();
                throw new AlreadyExists("run", taken.value(), "There is a run " + taken + " already.");
            }
        }
        belongs("insert into run_label (run_id, label) values (:run, :value)", runs, Run::labels);
        belongs(
                "insert into run_tool (run_id, tool) values (:run, :value)",
                runs,
                run -> Set.copyOf(run.profile().tools()));
    }

    private void belongs(String insert, List<Run> runs, Function<Run, Set<String>> values) {
        PreparedBatch batch = handle.prepareBatch(insert);
        for (Run run : runs) {
            values.apply(run)
                    .forEach(value -> batch.bind("run", run.id().value())
                            .bind("value", value)
                            .add());
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    @Override
    public void update(List<RunChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(changes.size());
        for (RunChange change : changes) {
            List<@Nullable Object> row = new ArrayList<>(changing(change.run()));
            row.add(change.run().id().value());
            row.add(Micros.of(change.expected()));
            rows.add(row.toArray());
        }
        boolean[] updated = dialect.write(UPDATE, rows);
        for (int i = 0; i < updated.length; i++) {
            if (!updated[i]) {
                throw new StaleWrite("run", changes.get(i).run().id().value());
            }
        }
    }

    /** The values of {@link #CHANGING}. */
    private static List<@Nullable Object> changing(Run run) {
        Lease lease = run.lease();
        return Arrays.asList(
                run.state().wire(),
                (long) run.priority(),
                (long) run.attempt(),
                lease == null ? null : lease.workerId().value(),
                lease == null ? null : Micros.of(lease.expiresAt()),
                Micros.ofNullable(run.notBefore()),
                run.usage().inputTokens(),
                run.usage().outputTokens(),
                run.usage().costMicros(),
                run.usage().toolCalls(),
                run.usage().wallMillis(),
                Micros.ofNullable(run.wallDue()),
                Micros.of(run.updatedAt()),
                Body.of(run));
    }

    @Override
    public void createAttempts(List<Attempt> attempts) {
        write(INSERT_ATTEMPT, attempts);
    }

    @Override
    public void updateAttempts(List<Attempt> attempts) {
        write(UPDATE_ATTEMPT, attempts);
    }

    private void write(RowStatement statement, List<Attempt> attempts) {
        if (!attempts.isEmpty()) {
            boolean[] unused = dialect.write(
                    statement,
                    attempts.stream()
                            .map(attempt -> new @Nullable Object[] {
                                Body.of(attempt), attempt.runId().value(), (long) attempt.attempt()
                            })
                            .toList());
        }
    }

    @Override
    public List<Boolean> renew(List<Lease> leases, Instant until) {
        if (leases.isEmpty()) {
            return List.of();
        }
        PreparedBatch batch = handle.prepareBatch("""
                update run set lease_expires_at = :until
                where id = :run and attempt = :attempt and lease_worker = :worker
                """);
        for (Lease lease : leases) {
            batch.bind("until", Micros.of(until))
                    .bind("run", lease.runId().value())
                    .bind("attempt", lease.attempt())
                    .bind("worker", lease.workerId().value())
                    .add();
        }
        List<Boolean> held = new ArrayList<>();
        for (int count : batch.execute()) {
            held.add(count > 0);
        }
        return held;
    }

    @Override
    public void detach(TaskId taskId) {
        handle.createUpdate("update run set task_id = null where task_id = :task")
                .bind("task", taskId.value())
                .execute();
    }

    @Override
    public List<RunId> deleteOf(ProjectId projectId) {
        List<RunId> runs = handle.createQuery("select id from run where project_id = :project order by id")
                .bind("project", projectId.value())
                .map((row, context) -> new RunId(row.getString(1)))
                .list();
        handle.createUpdate("delete from approval where run_id in (select id from run where project_id = :project)")
                .bind("project", projectId.value())
                .execute();
        handle.createUpdate("delete from approval where project_id = :project")
                .bind("project", projectId.value())
                .execute();
        handle.createUpdate("delete from attempt where run_id in (select id from run where project_id = :project)")
                .bind("project", projectId.value())
                .execute();
        handle.createUpdate("delete from run where project_id = :project")
                .bind("project", projectId.value())
                .execute();
        return runs;
    }
}
