package dev.pilot.core.project;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Plan;
import dev.pilot.api.project.PlanChange;
import dev.pilot.api.project.PlannedTask;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskFilter;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.Tasks;
import dev.pilot.api.project.UpdateTask;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Creating;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@link Tasks} over the store, for one caller. */
public final class TaskUseCases implements Tasks {
    private final HubContext hub;
    private final Journal journal;
    private final TaskWatch watch;
    private final Caller caller;
    private final Reach reach;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param watch is told what happens to tasks
     * @param caller who asks
     */
    public TaskUseCases(HubContext hub, Journal journal, TaskWatch watch, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.watch = watch;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Created<Task> createOrFind(CreateTask command) {
        Permission.CHANGE_TASKS.require(caller);
        CreateTask clean = hub.redaction().clean(command);
        return hub.store()
                .write(
                        "task.create",
                        unit -> Creating.createOrFind(
                                unit,
                                "task",
                                clean,
                                clean.id(),
                                clean.idempotencyKey(),
                                id -> reach.found(
                                        unit.tasks().find(new TaskId(id)), Task::projectId, clean.projectId()),
                                () -> insert(unit, clean),
                                task -> task.id().value()));
    }

    private Task insert(StoreUnit unit, CreateTask command) {
        if (command.id() != null && command.dependsOn().contains(command.id())) {
            throw TaskInput.cycle(List.of(command.id(), command.id()));
        }
        TaskInput.check(command, reach.in(unit));
        TaskId id = command.id() == null ? new TaskId(hub.ids().next("tsk")) : command.id();
        Task task = new Task(
                id,
                command.projectId(),
                command.title(),
                command.description(),
                command.acceptance(),
                command.status(),
                command.priority(),
                command.role(),
                InputCheck.distinct(command.dependsOn()),
                command.assignee(),
                unit.tasks().lastPosition(command.projectId()) + 1,
                unit.now(),
                unit.now());
        unit.tasks().create(task);
        journal.created(unit, Subject.task(id), task.projectId(), task.title());
        return task;
    }

    @Override
    public Task get(TaskId id) {
        Permission.SEE_TASKS.require(caller);
        return hub.store().read(view -> reach.in(view).tasks().get(id));
    }

    @Override
    public Page<Task> list(TaskFilter filter, PageRequest page) {
        Permission.SEE_TASKS.require(caller);
        return hub.store().read(view -> reach.in(view).tasks().list(filter, page));
    }

    @Override
    public Task update(TaskId id, UpdateTask patch) {
        Permission.CHANGE_TASKS.require(caller);
        UpdateTask clean = hub.redaction().clean(patch);
        return hub.store().write("task.update", unit -> {
            StoreView seen = reach.in(unit);
            Task before = seen.tasks().get(id);
            Versions.check("task", id.value(), clean.ifUpdatedAt(), before.updatedAt(), before);
            TaskInput.check(clean, before.projectId(), seen);
            Task after = before.toBuilder()
                    .title(clean.title().apply(before.title(), ""))
                    .description(clean.description().apply(before.description(), ""))
                    .acceptance(clean.acceptance().apply(before.acceptance(), List.of()))
                    .status(clean.status().apply(before.status(), TaskStatus.TODO))
                    .priority(clean.priority().apply(before.priority(), 0))
                    .role(clean.role().apply(before.role()))
                    .dependsOn(InputCheck.distinct(clean.dependsOn().apply(before.dependsOn(), List.of())))
                    .assignee(clean.assignee().apply(before.assignee()))
                    .position(clean.position().apply(before.position(), 0L))
                    .build();
            if (!after.dependsOn().equals(before.dependsOn())) {
                TaskInput.refuseCycle(unit, after);
            }
            Task written = write(unit, before, after);
            if (!written.dependsOn().equals(before.dependsOn())) {
                watch.reshaped(unit, written.projectId());
            } else if (written.status() != before.status()) {
                watch.touched(unit, written.projectId(), Set.of(id));
            }
            return written;
        });
    }

    private Task write(StoreUnit unit, Task before, Task after) {
        List<String> fields = Changes.between(before, after);
        if (fields.isEmpty()) {
            return before;
        }
        Task versioned = after.toBuilder()
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.tasks().update(versioned, before.updatedAt());
        journal.updated(unit, Subject.task(before.id()), before.projectId(), fields);
        return versioned;
    }

    @Override
    public void delete(TaskId id) {
        Permission.CHANGE_TASKS.require(caller);
        hub.store().write("task.delete", unit -> {
            Task task = reach.in(unit).tasks().get(id);
            List<Run> active = unit.runs().activeOf(id);
            if (!active.isEmpty()) {
                throw new NotAllowed(
                        "task-has-run",
                        "Run " + active.get(0).id() + " is "
                                + active.get(0).state().wire() + ": cancel it first.");
            }
            for (Task dependent : unit.tasks().dependents(id)) {
                List<TaskId> rest = new ArrayList<>(dependent.dependsOn());
                rest.remove(id);
                write(unit, dependent, dependent.toBuilder().dependsOn(rest).build());
            }
            unit.runs().detach(id);
            unit.tasks().delete(id);
            journal.deleted(unit, Subject.task(id), task.projectId(), task.title());
            watch.reshaped(unit, task.projectId());
            return id;
        });
    }

    @Override
    public TaskGraph graph(ProjectId projectId) {
        Permission.SEE_TASKS.require(caller);
        return hub.store().read(view -> {
            reach.in(view).projects().get(projectId);
            return TaskGraphs.of(projectId, view.tasks().of(projectId));
        });
    }

    @Override
    public List<PlannedTask> importPlan(ProjectId projectId, Plan plan) {
        Permission.CHANGE_TASKS.require(caller);
        Plan clean = hub.redaction().clean(plan);
        PlanCheck.check(clean);
        return hub.store().write("plan.import", unit -> {
            reach.require(projectId);
            List<PlannedTask> planned = new PlanImport(unit, projectId, clean).run(journal);
            if (planned.stream().anyMatch(task -> task.change() == PlanChange.UPDATED)) {
                watch.reshaped(unit, projectId);
            }
            return planned;
        });
    }
}
