package dev.pilot.core.project;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Limits;
import dev.pilot.core.system.Versions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Applies semantic actions: the change and its one event in one unit. The event, whose id is the action's, is what makes a repetition known. */
final class ActionRules {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private final HubContext hub;
    private final Journal journal;
    private final TaskWatch watch;

    ActionRules(HubContext hub, Journal journal, TaskWatch watch) {
        this.hub = hub;
        this.journal = journal;
        this.watch = watch;
    }

    record Applied(ActionId id, boolean changed, boolean replayed, Project project) {}

    ActionOutcome apply(ApplyAction action, Caller caller) {
        ApplyAction clean = hub.redaction().clean(action);
        requireRun(clean, caller);
        ActionId id = clean.id() == null ? new ActionId(hub.ids().next("act")) : clean.id();
        Applied applied = hub.store()
                .write("action.apply", unit -> apply(unit, Reach.of(caller).in(unit), clean, id, caller.name()));
        Event event = hub.store()
                .read(view -> view.events().find(eventOf(id)))
                .orElseThrow(() -> new IllegalStateException("the event of action " + id + " is gone"));
        return new ActionOutcome(id, applied.changed(), applied.replayed(), applied.project(), event, null);
    }

    private static EventId eventOf(ActionId id) {
        return Journal.once("action", id.value());
    }

    /** Its event will be among the run's, so who is bound to projects can't name somebody else's. */
    void requireRun(ApplyAction action, Caller caller) {
        Reach reach = Reach.of(caller);
        RunId runId = action.runId();
        if (reach.isBound() && runId != null) {
            Run unused = hub.store().read(view -> reach.in(view).runs().get(runId));
        }
    }

    /**
     * Refuses what could not be applied now.
     *
     * @param seen what is there for whoever asks
     * @return the project that it would change
     */
    Project check(StoreUnit unit, StoreView seen, ApplyAction action, String by) {
        Project project = seen.projects().get(action.projectId());
        Versions.check("project", project.id().value(), action.ifUpdatedAt(), project.updatedAt(), project);
        Project unused = change(unit, project, action, by);
        task(unit, project, action);
        return project;
    }

    /** @param seen what is there for whoever asks */
    Applied apply(StoreUnit unit, StoreView seen, ApplyAction action, ActionId id, String by) {
        String hash = Fingerprint.of(action);
        Optional<Event> before = unit.events().find(eventOf(id));
        if (before.isPresent()) {
            if (!hash.equals(before.get().data().text("request"))) {
                throw new AlreadyExists(
                        "action", id.value(), "There is an action " + id + " with other content: use another id.");
            }
            boolean changed = before.get().data().get("changed") instanceof Json.Bool bool && bool.value();
            return new Applied(id, changed, true, seen.projects().get(action.projectId()));
        }
        Project project = seen.projects().get(action.projectId());
        Versions.check("project", project.id().value(), action.ifUpdatedAt(), project.updatedAt(), project);
        Project after = change(unit, project, action, by);
        boolean changed = !after.equals(project);
        Optional<Task> task = task(unit, project, action);
        Optional<TaskStatus> status = task.map(found -> status(action));
        if (task.isPresent() && status.isPresent() && task.get().status() != status.get()) {
            changed = true;
            if (!action.recordOnly()) {
                Task moved = task.get().toBuilder()
                        .status(status.get())
                        .updatedAt(Versions.next(unit, task.get().updatedAt()))
                        .build();
                unit.tasks().update(moved, task.get().updatedAt());
                watch.touched(unit, project.id(), Set.of(moved.id()));
            }
        }
        if (action.recordOnly()) {
            changed = false;
        }
        Project now = project;
        if (!after.equals(project) && !action.recordOnly()) {
            now = ProjectWrites.version(unit, project, after);
        }
        NewEvent event = NewEvent.builder(Subject.project(project.id()))
                .id(eventOf(id))
                .projectId(project.id())
                .runId(action.runId())
                .type("action")
                .title(action.type().wire())
                .message(Objects.requireNonNullElse(action.params().text("note"), ""))
                .data(Json.object(
                        "id", id.value(),
                        "type", action.type(),
                        "params", action.params(),
                        "recordOnly", action.recordOnly(),
                        "agentId",
                                action.agentId() == null
                                        ? null
                                        : action.agentId().value(),
                        "caller", by,
                        "changed", changed,
                        "before", state(project, task.map(Task::status)),
                        "after", state(after, status),
                        "request", hash))
                .build();
        journal.write(unit, event);
        return new Applied(id, changed, false, now);
    }

    private Project change(StoreUnit unit, Project project, ApplyAction action, String by) {
        Json.Obj params = action.params();
        Project.Builder after = project.toBuilder();
        switch (action.type()) {
            case SET_STATUS -> after.status(Named.parse(ProjectStatus.class, text(params, "status"), "params.status"));
            case SET_PRIORITY ->
                after.priority(Named.parse(Priority.class, text(params, "priority"), "params.priority"));
            case SET_PROGRESS -> {
                long progress = number(params, "progress");
                InputCheck check = new InputCheck();
                check.range("params.progress", progress, 0, 100);
                check.done();
                after.progress((int) progress);
            }
            case BUMP_PROGRESS -> {
                long delta = Math.max(-100, Math.min(100, number(params, "delta")));
                after.progress((int) Math.max(0, Math.min(100, project.progress() + delta)));
            }
            case APPEND_NOTE -> {
                String note = text(params, "note");
                if (params.get("alsoWriteToProjectNotes") instanceof Json.Bool write && write.value()) {
                    after.notes(noted(project.notes(), unit.now(), author(action, by), note));
                }
            }
            case ADD_TAG -> {
                List<String> tags = new ArrayList<>(project.tags());
                tags.add(text(params, "tag"));
                after.tags(InputCheck.distinct(tags));
            }
            case REMOVE_TAG -> {
                List<String> tags = new ArrayList<>(project.tags());
                tags.remove(text(params, "tag"));
                after.tags(tags);
            }
            case SET_TASK_STATUS -> {
                text(params, "taskId");
                status(action);
            }
        }
        Project changed = after.build();
        InputCheck check = new InputCheck();
        check.text("params.note", changed.notes(), Limits.NOTES);
        check.texts("params.tag", changed.tags(), Limits.TAGS, Limits.TAG);
        check.json("params", params);
        check.done();
        return changed;
    }

    private static String author(ApplyAction action, String by) {
        return action.agentId() == null ? by : action.agentId().value();
    }

    private static String noted(String notes, Instant now, String author, String note) {
        String line = "[" + MINUTE.format(now) + "] " + author + " " + note;
        return notes.isEmpty() ? line : notes + "\n" + line;
    }

    private static Optional<Task> task(StoreUnit unit, Project project, ApplyAction action) {
        return switch (action.type()) {
            case SET_TASK_STATUS -> {
                TaskId id = new TaskId(text(action.params(), "taskId"));
                Optional<Task> task =
                        unit.tasks().find(id).filter(found -> found.projectId().equals(project.id()));
                if (task.isEmpty()) {
                    throw InvalidInput.of("params.taskId", "the project has no task " + id);
                }
                yield task;
            }
            case SET_STATUS, SET_PRIORITY, SET_PROGRESS, BUMP_PROGRESS, APPEND_NOTE, ADD_TAG, REMOVE_TAG ->
                Optional.empty();
        };
    }

    private static TaskStatus status(ApplyAction action) {
        return Named.parse(TaskStatus.class, text(action.params(), "status"), "params.status");
    }

    private static Json.Obj state(Project project, Optional<TaskStatus> task) {
        Json.Obj state = Json.object(
                "status", project.status(),
                "priority", project.priority(),
                "progress", project.progress(),
                "tags", project.tags());
        return task.isPresent() ? state.with("task", task.get()) : state;
    }

    private static String text(Json.Obj params, String name) {
        String text = params.text(name);
        if (text == null || text.isBlank()) {
            throw InvalidInput.of("params." + name, "is required, as a text");
        }
        return text;
    }

    private static long number(Json.Obj params, String name) {
        if (params.get(name) instanceof Json.Num num) {
            try {
                return num.value().longValueExact();
            } catch (ArithmeticException notWhole) {
                throw InvalidInput.of("params." + name, "must be a whole number, but is " + num);
            }
        }
        throw InvalidInput.of("params." + name, "is required, as a whole number");
    }
}
