package dev.pilot.core.project;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanChange;
import dev.pilot.api.project.PlanTask;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a project's tasks what a plan says, within one unit of work. Takes time linear in tasks and dependencies. */
final class PlanImport {
    private static final int ID_DIGITS = 32;

    private final StoreUnit unit;
    private final ProjectId projectId;
    private final Plan plan;
    private final Map<TaskId, String> keys = new LinkedHashMap<>();
    private final Map<TaskId, Task> before = new HashMap<>();

    PlanImport(StoreUnit unit, ProjectId projectId, Plan plan) {
        this.unit = unit;
        this.projectId = projectId;
        this.plan = plan;
    }

    /** The id of a plan's task: the same project and key have the same id, on every hub. */
    static TaskId id(ProjectId projectId, String key) {
        String name = projectId.value() + "\n" + key;
        return new TaskId("tsk_"
                + Fingerprint.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS));
    }

    List<PlannedTask> run(Journal journal) {
        String name = unit.projects().get(projectId).name();
        plan.tasks().forEach(task -> keys.put(id(projectId, task.key()), task.key()));
        unit.tasks().of(projectId).forEach(task -> before.put(task.id(), task));
        refuseUnknownAgents();
        List<PlannedTask> planned = compare();
        refuseCircles(planned);
        write(planned, journal);
        long changed = planned.stream()
                .filter(task -> task.change() == PlanChange.CREATED || task.change() == PlanChange.UPDATED)
                .count();
        if (changed > 0) {
            journal.write(
                    unit,
                    journal.build(
                                    Subject.project(projectId),
                                    projectId,
                                    null,
                                    "plan",
                                    "plan of " + planned.size() + " tasks for " + name,
                                    counts(planned))
                            .build());
        }
        return planned;
    }

    private static Json.Obj counts(List<PlannedTask> planned) {
        Json.Obj counts = Json.object();
        for (PlanChange change : PlanChange.values()) {
            counts = counts.with(
                    change.wire(),
                    planned.stream().filter(task -> task.change() == change).count());
        }
        return counts;
    }

    private void refuseUnknownAgents() {
        Set<AgentId> known = new HashSet<>();
        InputCheck check = new InputCheck();
        for (int i = 0; i < plan.tasks().size(); i++) {
            AgentId assignee = plan.tasks().get(i).assignee();
            if (assignee != null && !known.contains(assignee)) {
                if (unit.agents().find(assignee).isPresent()) {
                    known.add(assignee);
                } else {
                    check.problem("tasks[" + i + "].assignee", "there is no agent " + assignee);
                }
            }
        }
        check.done();
    }

    private List<PlannedTask> compare() {
        long position = unit.tasks().lastPosition(projectId);
        List<PlannedTask> planned = new ArrayList<>();
        for (PlanTask wanted : plan.tasks()) {
            TaskId id = id(projectId, wanted.key());
            Task old = before.get(id);
            if (old == null) {
                planned.add(new PlannedTask(wanted.key(), PlanChange.CREATED, made(id, wanted, ++position)));
                continue;
            }
            Task now = as(old, wanted);
            if (now.equals(old)) {
                planned.add(new PlannedTask(wanted.key(), PlanChange.UNCHANGED, old));
            } else if (old.status() != TaskStatus.TODO
                    || !unit.runs().activeOf(id).isEmpty()) {
                planned.add(new PlannedTask(wanted.key(), PlanChange.KEPT, old));
            } else {
                Task versioned = now.toBuilder()
                        .updatedAt(Versions.next(unit, old.updatedAt()))
                        .build();
                planned.add(new PlannedTask(wanted.key(), PlanChange.UPDATED, versioned));
            }
        }
        return planned;
    }

    private Task made(TaskId id, PlanTask wanted, long position) {
        return as(
                Task.builder()
                        .id(id)
                        .projectId(projectId)
                        .title(wanted.title())
                        .position(position)
                        .createdAt(unit.now())
                        .updatedAt(unit.now())
                        .build(),
                wanted);
    }

    private Task as(Task task, PlanTask wanted) {
        return task.toBuilder()
                .title(wanted.title())
                .description(wanted.description())
                .acceptance(wanted.acceptance())
                .priority(wanted.priority())
                .role(wanted.role())
                .assignee(wanted.assignee())
                .dependsOn(InputCheck.distinct(wanted.dependsOn().stream()
                        .map(key -> id(projectId, key))
                        .toList()))
                .build();
    }

    /** A circle may lead through tasks that the plan leaves alone. */
    private void refuseCircles(List<PlannedTask> planned) {
        Map<TaskId, Task> after = new LinkedHashMap<>(before);
        planned.forEach(task -> after.put(task.task().id(), task.task()));
        List<TaskId> circle = TaskGraphs.anyCircle(List.copyOf(after.values()));
        if (!circle.isEmpty()) {
            String named =
                    circle.stream().map(id -> keys.getOrDefault(id, id.value())).collect(Collectors.joining(" -> "));
            throw new InvalidInput("task-cycle", List.of(new FieldError("tasks", "would form a circle: " + named)));
        }
    }

    private void write(List<PlannedTask> planned, Journal journal) {
        Map<TaskId, PlannedTask> byId = new LinkedHashMap<>();
        planned.forEach(task -> byId.put(task.task().id(), task));
        List<NewEvent> events = new ArrayList<>();
        // What a task depends on has to be there before it.
        for (Task task :
                TaskGraphs.inOrder(planned.stream().map(PlannedTask::task).toList())) {
            PlannedTask what = byId.get(task.id());
            if (what == null) {
                continue;
            }
            if (what.change() == PlanChange.CREATED) {
                unit.tasks().create(task);
                events.add(event(journal, task, "created", task.title(), Json.object()));
            } else if (what.change() == PlanChange.UPDATED) {
                Task old = before.getOrDefault(task.id(), task);
                unit.tasks().update(task, old.updatedAt());
                List<String> fields = Changes.between(old, task);
                events.add(event(journal, task, "updated", String.join(", ", fields), Changes.data(fields)));
            }
        }
        journal.write(unit, events);
    }

    private NewEvent event(Journal journal, Task task, String type, String title, Json.Obj data) {
        return journal.build(Subject.task(task.id()), projectId, null, type, title, data)
                .build();
    }
}
