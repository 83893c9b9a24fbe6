package dev.pilot.http.project;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.OneOrMany;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.project.Actions;
import dev.pilot.wire.route.ProjectRoutes;
import java.util.List;

/** Projects and the actions on them. */
public final class ProjectOperations {
    private ProjectOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.answer(ProjectRoutes.LIST, call -> call.pilot().projects().list(filter(call), call.page()));
        to.create(
                ProjectRoutes.CREATE,
                call -> call.pilot().projects().createOrFind(call.body()),
                ProjectRoutes.GET,
                Project::id);
        to.answer(ProjectRoutes.GET, call -> call.pilot().projects().get(call.id(ProjectId::new)));
        to.answer(
                ProjectRoutes.REPLACE,
                call -> call.pilot().projects().replace(call.id(ProjectId::new), call.body(), call.ifUpdatedAt(null)));
        to.answer(ProjectRoutes.UPDATE, call -> call.pilot().projects().update(call.id(ProjectId::new), patch(call)));
        to.done(ProjectRoutes.DELETE, call -> call.pilot().projects().delete(call.id(ProjectId::new)));
        to.list(
                ProjectRoutes.REORDER,
                call -> call.pilot().projects().reorder(call.body().ids()));
        to.list(
                ProjectRoutes.BATCH,
                call -> call.pilot().projects().batch(call.body().edits()));
        to.answer(ProjectRoutes.GRAPH, call -> call.pilot().tasks().graph(call.id(ProjectId::new)));
        to.list(ProjectRoutes.ACT, call -> call.pilot().projects().apply(actions(call)));
    }

    private static ProjectFilter filter(Call<?> call) {
        return new ProjectFilter(
                call.named("status", ProjectStatus.class),
                call.named("priority", Priority.class),
                call.text("category"),
                call.text("tag"));
    }

    private static UpdateProject patch(Call<UpdateProject> call) {
        UpdateProject patch = call.body();
        return patch.toBuilder()
                .ifUpdatedAt(call.ifUpdatedAt(patch.ifUpdatedAt()))
                .build();
    }

    /** A single action may come without a list around it. */
    private static List<ApplyAction> actions(Call<Actions> call) {
        return OneOrMany.isMany(call.bytes(), "actions")
                ? call.body().actions()
                : List.of(WireCodec.read(call.bytes(), ApplyAction.class));
    }
}
