package dev.pilot.core.project;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.ProjectEdit;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.Projects;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.core.access.Permission;
import dev.pilot.core.access.Reach;
import dev.pilot.core.system.Creating;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.InputCheck;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.LeftFiles;
import dev.pilot.core.system.Limits;
import dev.pilot.core.system.Versions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Projects} over the store, for one caller. */
public final class ProjectUseCases implements Projects {
    private static final int MOST_ROWS = 10_000;

    private final HubContext hub;
    private final Journal journal;
    private final ActionRules actions;
    private final ActionProposals proposals;
    private final Caller caller;
    private final Reach reach;

    /**
     * Makes them.
     *
     * @param hub what they stand on
     * @param journal writes events
     * @param watch is told what happens to tasks
     * @param proposals takes the actions of those who may only propose
     * @param caller who asks
     */
    public ProjectUseCases(HubContext hub, Journal journal, TaskWatch watch, ActionProposals proposals, Caller caller) {
        this.hub = hub;
        this.journal = journal;
        this.actions = new ActionRules(hub, journal, watch);
        this.proposals = proposals;
        this.caller = caller;
        this.reach = Reach.of(caller);
    }

    @Override
    public Created<Project> createOrFind(CreateProject command) {
        Permission.CREATE_PROJECTS.require(caller);
        CreateProject clean = hub.redaction().clean(command);
        return hub.store()
                .write(
                        "project.create",
                        unit -> Creating.createOrFind(
                                unit,
                                "project",
                                clean,
                                clean.id(),
                                clean.idempotencyKey(),
                                id -> unit.projects().find(new ProjectId(id)),
                                () -> insert(unit, clean),
                                project -> project.id().value()));
    }

    private Project insert(StoreUnit unit, CreateProject command) {
        ProjectInput.check(command, unit);
        ProjectId id = command.id() == null ? new ProjectId(hub.ids().next("prj")) : command.id();
        Project project = new Project(
                id,
                command.name(),
                command.description(),
                command.notes(),
                command.status(),
                command.priority(),
                command.category(),
                command.progress(),
                InputCheck.distinct(command.tags()),
                unit.projects().lastPosition() + 1,
                command.repoId(),
                command.commands(),
                command.attributes(),
                unit.now(),
                unit.now());
        unit.projects().create(project);
        journal.created(unit, Subject.project(id), id, project.name());
        return project;
    }

    @Override
    public Project get(ProjectId id) {
        Permission.SEE_PROJECTS.require(caller);
        return hub.store().read(view -> reach.in(view).projects().get(id));
    }

    @Override
    public Page<Project> list(ProjectFilter filter, PageRequest page) {
        Permission.SEE_PROJECTS.require(caller);
        return hub.store().read(view -> reach.in(view).projects().list(filter, page));
    }

    @Override
    public Project update(ProjectId id, UpdateProject patch) {
        Permission.CHANGE_PROJECTS.require(caller);
        UpdateProject clean = hub.redaction().clean(patch);
        return hub.store().write("project.update", unit -> change(unit, id, clean));
    }

    @Override
    public Project replace(ProjectId id, CreateProject command, @Nullable Instant ifUpdatedAt) {
        Permission.CHANGE_PROJECTS.require(caller);
        UpdateProject patch = ProjectInput.asPatch(hub.redaction().clean(command)).toBuilder()
                .ifUpdatedAt(ifUpdatedAt)
                .build();
        return hub.store().write("project.replace", unit -> change(unit, id, patch));
    }

    private Project change(StoreUnit unit, ProjectId id, UpdateProject patch) {
        StoreView seen = reach.in(unit);
        Project before = seen.projects().get(id);
        Versions.check("project", id.value(), patch.ifUpdatedAt(), before.updatedAt(), before);
        ProjectInput.check(patch, seen);
        Project after = before.toBuilder()
                .name(patch.name().apply(before.name(), ""))
                .description(patch.description().apply(before.description(), ""))
                .notes(patch.notes().apply(before.notes(), ""))
                .status(patch.status().apply(before.status(), ProjectStatus.PLANNING))
                .priority(patch.priority().apply(before.priority(), Priority.MEDIUM))
                .category(patch.category().apply(before.category()))
                .progress(patch.progress().apply(before.progress(), 0))
                .tags(InputCheck.distinct(patch.tags().apply(before.tags(), List.of())))
                .repoId(patch.repoId().apply(before.repoId()))
                .commands(patch.commands().apply(before.commands(), ProjectCommands.NONE))
                .attributes(patch.attributes().apply(before.attributes(), Json.object()))
                .build();
        return ProjectWrites.update(unit, journal, before, after);
    }

    @Override
    public void delete(ProjectId id) {
        Permission.CHANGE_PROJECTS.require(caller);
        List<RunId> runs = hub.store().write("project.delete", unit -> {
            Project project = reach.in(unit).projects().get(id);
            for (RunState state : RunState.values()) {
                if (!state.isFinal()) {
                    refuseActive(unit.runs()
                            .list(RunFilter.builder().projectId(id).state(state).build(), PageRequest.first(1))
                            .items());
                }
            }
            for (GraphRunState state : GraphRunState.values()) {
                if (!state.isFinal()) {
                    refuseOpen(unit.graphRuns()
                            .list(new GraphRunFilter(id, state), PageRequest.first(1))
                            .items());
                }
            }
            List<RunId> deleted = unit.runs().deleteOf(id);
            unit.budgets().deleteOf(id);
            unit.graphRuns().deleteOf(id);
            unit.tasks().of(id).forEach(task -> unit.tasks().delete(task.id()));
            unit.projects().delete(id);
            journal.deleted(unit, Subject.project(id), id, project.name());
            return deleted;
        });
        new LeftFiles(hub).ofDeleted(runs);
    }

    private static void refuseOpen(List<GraphRun> open) {
        if (!open.isEmpty()) {
            GraphRun graph = open.get(0);
            throw new NotAllowed(
                    "project-has-graph-runs",
                    "Graph run " + graph.id() + " is " + graph.state().wire() + ": cancel it first.");
        }
    }

    private static void refuseActive(List<Run> active) {
        if (!active.isEmpty()) {
            Run run = active.get(0);
            throw new NotAllowed(
                    "project-has-runs", "Run " + run.id() + " is " + run.state().wire() + ": cancel it first.");
        }
    }

    @Override
    public List<ItemResult<ProjectId>> reorder(List<ProjectId> ids) {
        Permission.ORDER_PROJECTS.require(caller);
        return hub.store().write("project.reorder", unit -> {
            List<ProjectId> order = unit.projects().order();
            Set<ProjectId> there = new HashSet<>(order);
            Set<ProjectId> wanted = new LinkedHashSet<>();
            List<ItemResult<ProjectId>> results = new ArrayList<>();
            for (ProjectId id : ids) {
                if (!there.contains(id)) {
                    results.add(new ItemResult.Refused<>(new NotFound("project", id.value())));
                } else if (!wanted.add(id)) {
                    results.add(new ItemResult.Refused<>(InvalidInput.of("ids", "names " + id + " more than once")));
                } else {
                    results.add(new ItemResult.Done<>(id));
                }
            }
            wanted.addAll(order);
            unit.projects().order(List.copyOf(wanted));
            return results;
        });
    }

    @Override
    public List<ItemResult<Project>> batch(List<ProjectEdit> edits) {
        Permission.CHANGE_PROJECTS.require(caller);
        return each("edits", edits, edit -> update(edit.id(), edit.patch()));
    }

    @Override
    public List<ItemResult<ActionOutcome>> apply(List<ApplyAction> wanted) {
        Permission.APPLY_ACTIONS.require(caller);
        return each(
                "actions",
                wanted,
                action -> caller.proposes() ? proposals.propose(action, caller) : actions.apply(action, caller));
    }

    /** A unit of work for each item, so that a bad one harms no other. */
    private static <I, O> List<ItemResult<O>> each(String field, List<I> items, Function<I, O> work) {
        if (items.isEmpty() || items.size() > Limits.BATCH) {
            throw InvalidInput.of(field, "must have 1 to " + Limits.BATCH + " entries, but has " + items.size());
        }
        List<ItemResult<O>> results = new ArrayList<>();
        for (I item : items) {
            try {
                results.add(new ItemResult.Done<>(work.apply(item)));
            } catch (PilotException refused) {
                results.add(new ItemResult.Refused<>(refused));
            }
        }
        return results;
    }

    @Override
    public ProjectStats stats() {
        Permission.SEE_PROJECTS.require(caller);
        return hub.store().read(view -> reach.in(view).projects().stats());
    }

    @Override
    public List<UsageRow> usage(UsageQuery query) {
        Permission.SEE_PROJECTS.require(caller);
        List<UsageRow> rows = hub.store().read(view -> reach.in(view).usage().sums(query, MOST_ROWS + 1));
        if (rows.size() > MOST_ROWS) {
            throw InvalidInput.of("by", "would make more than " + MOST_ROWS + " rows: ask for fewer keys or days");
        }
        return rows;
    }
}
