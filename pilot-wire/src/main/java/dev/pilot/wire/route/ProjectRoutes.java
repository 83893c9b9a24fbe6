package dev.pilot.wire.route;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.TaskGraph;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.project.Actions;
import dev.pilot.wire.project.ProjectEdits;
import dev.pilot.wire.project.ProjectOrder;

/** The routes of projects and of the actions on them. */
public final class ProjectRoutes {
    /** {@code GET /api/projects}. */
    public static final Route<Void, Page<Project>> LIST = Route.get(
                    "/api/projects", "Lists projects in their manual order.")
            .answers(WireType.pageOf(Project.class))
            .query("status", ProjectStatus.class, "Only those that are this far.")
            .query("priority", Priority.class, "Only those this pressing.")
            .query("category", String.class, "Only those of this category.")
            .query("tag", String.class, "Only those with this tag.")
            .paged();

    /** {@code POST /api/projects}. */
    public static final Route<CreateProject, Project> CREATE = Route.post("/api/projects", "Creates a project.")
            .takes(CreateProject.class)
            .creates(Project.class);

    /** {@code GET /api/projects/{id}}. */
    public static final Route<Void, Project> GET =
            Route.get("/api/projects/{id}", "Gets a project.").answers(Project.class);

    /** {@code PUT /api/projects/{id}}. */
    public static final Route<CreateProject, Project> REPLACE = Route.of(
                    "PUT", "/api/projects/{id}", "Replaces all fields that a create sets.")
            .takes(CreateProject.class)
            .answers(Project.class);

    /** {@code PATCH /api/projects/{id}}. */
    public static final Route<UpdateProject, Project> UPDATE = Route.of(
                    "PATCH", "/api/projects/{id}", "Changes some fields of a project.")
            .takes(Media.MERGE_PATCH, UpdateProject.class)
            .answers(Project.class);

    /** {@code DELETE /api/projects/{id}}. */
    public static final Route<Void, Void> DELETE =
            Route.of("DELETE", "/api/projects/{id}", "Deletes a project with its tasks and finished runs.");

    /** {@code POST /api/projects/reorder}. */
    public static final Route<ProjectOrder, Page<ItemResult<ProjectId>>> REORDER = Route.post(
                    "/api/projects/reorder", "Puts projects into a manual order.")
            .takes(ProjectOrder.class)
            .answers(WireType.resultsOf(ProjectId.class));

    /** {@code POST /api/projects/batch}. */
    public static final Route<ProjectEdits, Page<ItemResult<Project>>> BATCH = Route.post(
                    "/api/projects/batch", "Changes several projects, each by itself.")
            .takes(ProjectEdits.class)
            .answers(WireType.resultsOf(Project.class));

    /** {@code GET /api/projects/{id}/graph}. */
    public static final Route<Void, TaskGraph> GRAPH = Route.get(
                    "/api/projects/{id}/graph", "Shows a project's tasks and what depends on what.")
            .answers(TaskGraph.class);

    /** {@code POST /api/actions}. */
    public static final Route<Actions, Page<ItemResult<ActionOutcome>>> ACT = Route.post(
                    "/api/actions",
                    "Applies semantic actions, each by itself and in order; a single one may come bare.")
            .takes(Actions.class)
            .answers(WireType.resultsOf(ActionOutcome.class));

    private ProjectRoutes() {}
}
