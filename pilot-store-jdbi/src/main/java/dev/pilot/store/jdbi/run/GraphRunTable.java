package dev.pilot.store.jdbi.run;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.GraphNodeState;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.store.GraphNode;
import dev.pilot.api.store.GraphRunRecords;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.value.Named;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Dialect;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import dev.pilot.store.jdbi.RowStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The tables {@code graph_run} and {@code graph_node}. */
public final class GraphRunTable implements GraphRunRecords {
    private static final RowMapper<GraphNode> NODE = (row, context) -> {
        String run = row.getString("run_id");
        return new GraphNode(
                new GraphRunId(row.getString("graph_run_id")),
                new TaskId(row.getString("task_id")),
                row.getInt("priority"),
                row.getInt("place"),
                Named.parse(GraphNodeState.class, row.getString("state"), "state"),
                row.getInt("missing"),
                run == null ? null : new RunId(run),
                row.getString("problem"));
    };

    private static final String COLUMNS =
            "n.graph_run_id, n.task_id, n.priority, n.place, n.state, n.missing, n.run_id, n.problem";
    private static final String NODES = "select " + COLUMNS + " from graph_node n where n.graph_run_id = :id";

    private static final String CHANGING = "state text, missing bigint, run_id text, problem text";
    private static final RowStatement INSERT_NODE = RowStatement.insert(
            "graph_node",
            "task_id, graph_run_id",
            CHANGING + ", priority bigint, place bigint, task_id text, graph_run_id text");
    private static final RowStatement UPDATE_NODE =
            RowStatement.update("graph_node", CHANGING, "task_id text, graph_run_id text");

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
    public GraphRunTable(Handle handle, Bounds bounds, Dialect dialect) {
        this.handle = handle;
        this.bounds = bounds;
        this.dialect = dialect;
    }

    @Override
    public Optional<GraphRun> find(GraphRunId id) {
        return handle.createQuery("select body from graph_run where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(GraphRun.class))
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public Page<GraphRun> list(GraphRunFilter filter, PageRequest page) {
        List<GraphRun> rows = new Query("select body from graph_run")
                .within("project_id", bounds.only(filter.projectId()))
                .where("state = :state", "state", Query.wire(filter.state()))
                .after("(created_at, id) < (:after, :afterId)", page.cursor())
                .list(
                        handle,
                        "order by created_at desc, id desc limit :limit",
                        page.limit() + 1,
                        Body.mapper(GraphRun.class));
        return Keyset.page(
                rows,
                page.limit(),
                graph -> new Keyset(Micros.of(graph.createdAt()), graph.id().value()));
    }

    @Override
    public List<GraphRun> open(ProjectId projectId) {
        return handle.createQuery("""
                        select body from graph_run where project_id = :project and state in ('RUNNING', 'PAUSED')
                        order by created_at, id
                        """)
                .bind("project", projectId.value())
                .map(Body.mapper(GraphRun.class))
                .list();
    }

    @Override
    public List<GraphRunId> open(int limit) {
        return ids("state in ('RUNNING', 'PAUSED')", limit);
    }

    @Override
    public List<GraphRunId> due(int limit) {
        return ids("due = 1", limit);
    }

    private List<GraphRunId> ids(String condition, int limit) {
        return handle.createQuery("select id from graph_run where " + condition + " order by id limit :limit")
                .bind("limit", limit)
                .map((row, context) -> new GraphRunId(row.getString(1)))
                .list();
    }

    @Override
    public List<GraphNode> nodes(GraphRunId id) {
        return handle.createQuery(NODES + " order by n.place")
                .bind("id", id.value())
                .map(NODE)
                .list();
    }

    @Override
    public List<GraphNode> nodes(GraphRunId id, Collection<TaskId> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(NODES + " and n.task_id in (<tasks>) order by n.place")
                .bind("id", id.value())
                .bindList(
                        "tasks",
                        Query.evened(
                                tasks.stream().map(TaskId::value).distinct().toList()))
                .map(NODE)
                .list();
    }

    @Override
    public List<GraphNode> nodes(GraphRunId id, GraphNodeState state, int limit) {
        return handle.createQuery(NODES + " and n.state = :state order by n.priority, n.place limit :limit")
                .bind("id", id.value())
                .bind("state", state.wire())
                .bind("limit", limit)
                .map(NODE)
                .list();
    }

    @Override
    public List<GraphNode> dependents(GraphRunId id, TaskId task) {
        return handle.createQuery(NODES + """
                         and n.task_id in (select d.task_id from task_dependency d where d.depends_on = :task)
                        order by n.place
                        """)
                .bind("id", id.value())
                .bind("task", task.value())
                .map(NODE)
                .list();
    }

    @Override
    public List<GraphNode> behind(GraphRunId id, TaskId task) {
        return handle.createQuery("with recursive behind (task_id) as (" + """
                          select d.task_id from task_dependency d
                          join graph_node n on n.task_id = d.task_id and n.graph_run_id = :id and n.state = 'waiting'
                          where d.depends_on = :task
                          union
                          select d.task_id from behind b
                          join task_dependency d on d.depends_on = b.task_id
                          join graph_node n on n.task_id = d.task_id and n.graph_run_id = :id and n.state = 'waiting')
                        """ + NODES
                        + " and n.task_id in (select b.task_id from behind b) order by n.place")
                .bind("id", id.value())
                .bind("task", task.value())
                .map(NODE)
                .list();
    }

    @Override
    public void create(GraphRun graphRun, List<GraphNode> nodes) {
        int created = handle.createUpdate("""
                        insert into graph_run (id, project_id, state, due, created_at, updated_at, body)
                        values (:id, :project, :state, 0, :createdAt, :updatedAt, :body)
                        on conflict (id) do nothing
                        """)
                .bind("id", graphRun.id().value())
                .bind("project", graphRun.projectId().value())
                .bind("state", graphRun.state().wire())
                .bind("createdAt", Micros.of(graphRun.createdAt()))
                .bind("updatedAt", Micros.of(graphRun.updatedAt()))
                .bind("body", Body.of(graphRun))
                .execute();
        if (created == 0) {
            throw new AlreadyExists(
                    "graph-run", graphRun.id().value(), "There is a graph run " + graphRun.id() + " already.");
        }
        if (!nodes.isEmpty()) {
            boolean[] unused = dialect.write(
                    INSERT_NODE,
                    nodes.stream()
                            .map(node -> new @Nullable Object[] {
                                node.state().wire(),
                                (long) node.missing(),
                                Query.text(node.runId()),
                                node.problem(),
                                (long) node.priority(),
                                (long) node.place(),
                                node.taskId().value(),
                                node.graphRunId().value()
                            })
                            .toList());
        }
    }

    @Override
    public void update(GraphRun graphRun, boolean due, Instant expected) {
        int updated = handle.createUpdate("""
                        update graph_run set state = :state, due = :due, updated_at = :updatedAt, body = :body
                        where id = :id and updated_at = :expected
                        """)
                .bind("id", graphRun.id().value())
                .bind("state", graphRun.state().wire())
                .bind("due", due ? 1 : 0)
                .bind("updatedAt", Micros.of(graphRun.updatedAt()))
                .bind("body", Body.of(graphRun))
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("graph-run", graphRun.id().value());
        }
    }

    @Override
    public void updateNodes(List<GraphNode> nodes) {
        if (!nodes.isEmpty()) {
            boolean[] unused = dialect.write(
                    UPDATE_NODE,
                    nodes.stream()
                            .map(node -> new @Nullable Object[] {
                                node.state().wire(),
                                (long) node.missing(),
                                Query.text(node.runId()),
                                node.problem(),
                                node.taskId().value(),
                                node.graphRunId().value()
                            })
                            .toList());
        }
    }

    @Override
    public void deleteOf(ProjectId projectId) {
        // Approvals of runs go with the runs.
        handle.createUpdate("delete from approval where project_id = :project and run_id is null")
                .bind("project", projectId.value())
                .execute();
        // The foreign key takes the nodes along.
        handle.createUpdate("delete from graph_run where project_id = :project")
                .bind("project", projectId.value())
                .execute();
    }
}
