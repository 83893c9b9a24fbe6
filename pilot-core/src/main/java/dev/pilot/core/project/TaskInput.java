package dev.pilot.core.project;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Limits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold for a task's fields. */
final class TaskInput {
    private TaskInput() {}

    static void check(CreateTask command, StoreView view) {
        InputCheck check = new InputCheck();
        check.name("title", command.title());
        check.text("description", command.description(), Limits.TEXT);
        check.texts("acceptance", command.acceptance(), Limits.ACCEPTANCE, Limits.LINE);
        check.text("role", command.role(), Limits.WORD);
        if (view.projects().find(command.projectId()).isEmpty()) {
            check.problem("projectId", "there is no project " + command.projectId());
        } else {
            dependencies(check, view, command.projectId(), command.dependsOn());
        }
        if (command.assignee() != null) {
            assignee(check, view, command.assignee());
        }
        check.done();
    }

    static void check(UpdateTask patch, ProjectId projectId, StoreView view) {
        InputCheck check = new InputCheck();
        check.notCleared("title", patch.title());
        check.edit("title", patch.title(), check::name);
        check.edit("description", patch.description(), (field, value) -> check.text(field, value, Limits.TEXT));
        check.edit(
                "acceptance",
                patch.acceptance(),
                (field, value) -> check.texts(field, value, Limits.ACCEPTANCE, Limits.LINE));
        check.edit("role", patch.role(), (field, value) -> check.text(field, value, Limits.WORD));
        check.edit("dependsOn", patch.dependsOn(), (field, value) -> dependencies(check, view, projectId, value));
        check.edit("assignee", patch.assignee(), (field, value) -> assignee(check, view, value));
        check.done();
    }

    /** A circle is refused, and named. */
    static void refuseCycle(StoreView view, Task task) {
        List<TaskId> circle = TaskGraphs.circleThrough(task, view.tasks().of(task.projectId()));
        if (!circle.isEmpty()) {
            throw cycle(circle);
        }
    }

    static InvalidInput cycle(List<TaskId> circle) {
        String named = circle.stream().map(TaskId::value).collect(Collectors.joining(" -> "));
        return new InvalidInput("task-cycle", List.of(new FieldError("dependsOn", "would form a circle: " + named)));
    }

    private static void dependencies(InputCheck check, StoreView view, ProjectId projectId, List<TaskId> dependsOn) {
        if (dependsOn.size() > Limits.DEPENDENCIES) {
            check.problem("dependsOn", "may have " + Limits.DEPENDENCIES + " entries at most");
            return;
        }
        for (int i = 0; i < dependsOn.size(); i++) {
            Optional<Task> task = view.tasks().find(dependsOn.get(i));
            if (task.isEmpty()) {
                check.problem("dependsOn[" + i + "]", "there is no task " + dependsOn.get(i));
            } else if (!task.get().projectId().equals(projectId)) {
                check.problem("dependsOn[" + i + "]", "task " + dependsOn.get(i) + " is of another project");
            }
        }
    }

    private static void assignee(InputCheck check, StoreView view, AgentId id) {
        if (view.agents().find(id).isEmpty()) {
            check.problem("assignee", "there is no agent " + id);
        }
    }
}
