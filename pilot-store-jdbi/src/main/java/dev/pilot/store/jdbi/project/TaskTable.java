package dev.pilot.store.jdbi.project;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.TaskRecords;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.store.jdbi.Body;
import dev.pilot.store.jdbi.Bounds;
import dev.pilot.store.jdbi.Keyset;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables {@code task} and {@code task_dependency}. */
public final class TaskTable implements TaskRecords {
    private static final String READY = """
            status = 'todo' and not exists (
              select 1 from task_dependency d join task needed on needed.id = d.depends_on
              where d.task_id = task.id and needed.status <> 'done')""";

    private final Handle handle;
    private final Bounds bounds;

    /**
     * Makes it.
     *
     * @param handle the connection
     * @param bounds the projects that are there
     */
    public TaskTable(Handle handle, Bounds bounds) {
        this.handle = handle;
        this.bounds = bounds;
    }

    @Override
    public Optional<Task> find(TaskId id) {
        return handle.createQuery("select body from task where id = :id")
                .bind("id", id.value())
                .map(Body.mapper(Task.class))
                .findOne()
                .filter(found -> bounds.has(found.projectId()));
    }

    @Override
    public Page<Task> list(TaskFilter filter, PageRequest page) {
        Query query = new Query("select body from task")
                .within("project_id", bounds.only(filter.projectId()))
                .where("status = :status", "status", Query.wire(filter.status()))
                .where("role = :role", "role", filter.role())
                .where("assignee = :assignee", "assignee", Query.text(filter.assignee()))
                .after("(position, id) > (:after, :afterId)", page.cursor());
        if (filter.ready() != null) {
            query.where((filter.ready() ? "(" : "not (") + READY + ") and 1 = :one", "one", 1);
        }
        List<Task> rows =
                query.list(handle, "order by position, id limit :limit", page.limit() + 1, Body.mapper(Task.class));
        return Keyset.page(
                rows,
                page.limit(),
                task -> new Keyset(task.position(), task.id().value()));
    }

    @Override
    public List<Task> of(ProjectId projectId) {
        return handle.createQuery("select body from task where project_id = :project order by position, id")
                .bind("project", projectId.value())
                .map(Body.mapper(Task.class))
                .list();
    }

    @Override
    public Map<TaskId, Task> all(Collection<TaskId> ids) {
        Map<TaskId, Task> found = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery("select body from task where id in (<ids>)")
                    .bindList(
                            "ids",
                            Query.evened(
                                    ids.stream().map(TaskId::value).distinct().toList()))
                    .map(Body.mapper(Task.class))
                    .filter(task -> bounds.has(task.projectId()))
                    .forEach(task -> found.put(task.id(), task));
        }
        return found;
    }

    @Override
    public long lastPosition(ProjectId projectId) {
        return handle.createQuery("select coalesce(max(position), 0) from task where project_id = :project")
                .bind("project", projectId.value())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<Task> dependents(TaskId id) {
        return handle.createQuery("""
                        select body from task
                        where id in (select task_id from task_dependency where depends_on = :id)
                        order by position, id
                        """)
                .bind("id", id.value())
                .map(Body.mapper(Task.class))
                .list();
    }

    @Override
    public void create(Task task) {
        int created = bind(handle.createUpdate("""
                                insert into task (id, project_id, position, status, role, assignee, created_at, updated_at, body)
                                values (:id, :project, :position, :status, :role, :assignee, :createdAt, :updatedAt, :body)
                                on conflict (id) do nothing
                                """), task)
                .bind("project", task.projectId().value())
                .bind("createdAt", Micros.of(task.createdAt()))
                .execute();
        if (created == 0) {
            throw new AlreadyExists("task", task.id().value(), "There is a task " + task.id() + " already.");
        }
        dependencies(task);
    }

    @Override
    public void update(Task task, Instant expected) {
        int updated = bind(handle.createUpdate("""
                                update task
                                set position = :position, status = :status, role = :role, assignee = :assignee,
                                    updated_at = :updatedAt, body = :body
                                where id = :id and updated_at = :expected
                                """), task)
                .bind("expected", Micros.of(expected))
                .execute();
        if (updated == 0) {
            throw new StaleWrite("task", task.id().value());
        }
        handle.createUpdate("delete from task_dependency where task_id = :id")
                .bind("id", task.id().value())
                .execute();
        dependencies(task);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Task task) {
        return statement
                .bind("id", task.id().value())
                .bind("position", task.position())
                .bind("status", task.status().wire())
                .bind("role", task.role())
                .bind("assignee", Query.text(task.assignee()))
                .bind("updatedAt", Micros.of(task.updatedAt()))
                .bind("body", Body.of(task));
    }

    private void dependencies(Task task) {
        if (task.dependsOn().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "insert into task_dependency (task_id, depends_on, place) values (:id, :needed, :place)");
        int place = 0;
        for (TaskId needed : task.dependsOn()) {
            batch.bind("id", task.id().value())
                    .bind("needed", needed.value())
                    .bind("place", place++)
                    .add();
        }
        batch.execute();
    }

    @Override
    public void delete(TaskId id) {
        handle.createUpdate("delete from task where id = :id")
                .bind("id", id.value())
                .execute();
    }
}
