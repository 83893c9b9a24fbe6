package dev.pilot.client.project;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.Tasks;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.FreshIds;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.GraphRoutes;
import dev.pilot.wire.route.ProjectRoutes;
import dev.pilot.wire.route.TaskRoutes;
import java.util.List;

/** {@link Tasks} of a hub elsewhere. */
public final class RemoteTasks implements Tasks {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteTasks(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Created<Task> createOrFind(CreateTask command) {
        if (command.id() != null || command.idempotencyKey() != null) {
            return connection.create(Request.to(TaskRoutes.CREATE, command));
        }
        CreateTask keyed =
                command.toBuilder().idempotencyKey(FreshIds.next("key")).build();
        return connection.createNew(Request.to(TaskRoutes.CREATE, keyed));
    }

    @Override
    public Task get(TaskId id) {
        return connection.call(Request.to(TaskRoutes.GET, id));
    }

    @Override
    public Page<Task> list(TaskFilter filter, PageRequest page) {
        return connection.call(Request.to(TaskRoutes.LIST)
                .query("projectId", filter.projectId())
                .query("status", filter.status())
                .query("role", filter.role())
                .query("assignee", filter.assignee())
                .query("ready", filter.ready())
                .page(page));
    }

    @Override
    public Task update(TaskId id, UpdateTask patch) {
        return connection.call(Request.to(TaskRoutes.UPDATE, patch, id));
    }

    @Override
    public void delete(TaskId id) {
        connection.run(Request.to(TaskRoutes.DELETE, id));
    }

    @Override
    public TaskGraph graph(ProjectId projectId) {
        return connection.call(Request.to(ProjectRoutes.GRAPH, projectId));
    }

    @Override
    public List<PlannedTask> importPlan(ProjectId projectId, Plan plan) {
        return connection
                .call(Request.to(GraphRoutes.PLAN, plan, projectId).repeatable())
                .items();
    }
}
