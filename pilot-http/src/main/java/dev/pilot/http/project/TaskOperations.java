package dev.pilot.http.project;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.http.call.PathField;
import dev.pilot.wire.route.TaskRoutes;
import org.jspecify.annotations.Nullable;

/** Tasks. */
public final class TaskOperations {
    private TaskOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(
                TaskRoutes.LIST,
                call -> call.pilot().tasks().list(filter(call, call.id("projectId", ProjectId::new)), call.page()));
        to.answer(
                TaskRoutes.LIST_OF_PROJECT,
                call -> call.pilot().tasks().list(filter(call, call.id(ProjectId::new)), call.page()));
        to.create(TaskRoutes.CREATE, call -> call.pilot().tasks().createOrFind(call.body()), TaskRoutes.GET, Task::id);
        to.create(
                TaskRoutes.CREATE_IN_PROJECT,
                call -> call.pilot()
                        .tasks()
                        .createOrFind(PathField.into(
                                call.bytes(),
                                "projectId",
                                call.id(ProjectId::new).value(),
                                CreateTask.class)),
                TaskRoutes.GET,
                Task::id);
        to.answer(TaskRoutes.GET, call -> call.pilot().tasks().get(call.id(TaskId::new)));
        to.answer(TaskRoutes.UPDATE, call -> call.pilot().tasks().update(call.id(TaskId::new), patch(call)));
        to.done(TaskRoutes.DELETE, call -> call.pilot().tasks().delete(call.id(TaskId::new)));
    }

    private static TaskFilter filter(Call<?> call, @Nullable ProjectId projectId) {
        return new TaskFilter(
                projectId,
                call.named("status", TaskStatus.class),
                call.text("role"),
                call.id("assignee", AgentId::new),
                call.flag("ready"));
    }

    private static UpdateTask patch(Call<UpdateTask> call) {
        UpdateTask patch = call.body();
        return patch.toBuilder()
                .ifUpdatedAt(call.ifUpdatedAt(patch.ifUpdatedAt()))
                .build();
    }
}
