package dev.pilot.wire.route;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;

/** The routes of tasks. */
public final class TaskRoutes {
    /** {@code GET /api/tasks}. */
    public static final Route<Void, Page<Task>> LIST = filtered(Route.get("/api/tasks", "Lists tasks by position.")
            .answers(WireType.pageOf(Task.class))
            .query("projectId", ProjectId.class, "Only those of this project."));

    /** {@code GET /api/projects/{id}/tasks}. */
    public static final Route<Void, Page<Task>> LIST_OF_PROJECT =
            filtered(Route.get("/api/projects/{id}/tasks", "Lists a project's tasks by position.")
                    .answers(WireType.pageOf(Task.class)));

    /** {@code POST /api/tasks}. */
    public static final Route<CreateTask, Task> CREATE =
            Route.post("/api/tasks", "Creates a task.").takes(CreateTask.class).creates(Task.class);

    /** {@code POST /api/projects/{id}/tasks}. */
    public static final Route<CreateTask, Task> CREATE_IN_PROJECT = Route.post(
                    "/api/projects/{id}/tasks", "Creates a task of a project; projectId may be left out.")
            .takes(CreateTask.class)
            .creates(Task.class);

    /** {@code GET /api/tasks/{id}}. */
    public static final Route<Void, Task> GET =
            Route.get("/api/tasks/{id}", "Gets a task.").answers(Task.class);

    /** {@code PATCH /api/tasks/{id}}. */
    public static final Route<UpdateTask, Task> UPDATE = Route.of(
                    "PATCH", "/api/tasks/{id}", "Changes some fields of a task.")
            .takes(Media.MERGE_PATCH, UpdateTask.class)
            .answers(Task.class);

    /** {@code DELETE /api/tasks/{id}}. */
    public static final Route<Void, Void> DELETE =
            Route.of("DELETE", "/api/tasks/{id}", "Deletes a task; its runs stay, without a task.");

    private TaskRoutes() {}

    private static <B, A> Route<B, A> filtered(Route<B, A> route) {
        return route.query("status", TaskStatus.class, "Only those that are this far.")
                .query("role", String.class, "Only those for this role.")
                .query("assignee", AgentId.class, "Only those of this agent.")
                .query("ready", Boolean.class, "Only those that are ready, or that are not.")
                .paged();
    }
}
