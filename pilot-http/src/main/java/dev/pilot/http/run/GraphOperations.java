package dev.pilot.http.run;

import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunFilter;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.StartGraph;
import dev.pilot.http.call.Operations;
import dev.pilot.http.call.PathField;
import dev.pilot.wire.route.GraphRoutes;

/** Plans and graph runs. */
public final class GraphOperations {
    private GraphOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        to.list(GraphRoutes.PLAN, call -> call.pilot().tasks().importPlan(call.id(ProjectId::new), call.body()));
        to.create(
                GraphRoutes.START,
                call -> call.pilot()
                        .graphs()
                        .startOrFind(PathField.into(
                                call.bytes(),
                                "projectId",
                                call.id(ProjectId::new).value(),
                                StartGraph.class)),
                GraphRoutes.GET,
                GraphRun::id);
        to.answer(
                GraphRoutes.LIST,
                call -> call.pilot()
                        .graphs()
                        .list(
                                new GraphRunFilter(
                                        call.id("projectId", ProjectId::new), call.named("state", GraphRunState.class)),
                                call.page()));
        to.answer(GraphRoutes.GET, call -> call.pilot().graphs().get(call.id(GraphRunId::new)));
        to.answer(GraphRoutes.STATE, call -> call.pilot().graphs().state(call.id(GraphRunId::new)));
        to.answer(GraphRoutes.PAUSE, call -> call.pilot().graphs().pause(call.id(GraphRunId::new)));
        to.answer(GraphRoutes.RESUME, call -> call.pilot().graphs().resume(call.id(GraphRunId::new)));
        to.answer(GraphRoutes.RETRY_FAILED, call -> call.pilot().graphs().retryFailed(call.id(GraphRunId::new)));
        to.answer(GraphRoutes.CANCEL, call -> call.pilot().graphs().cancel(call.id(GraphRunId::new)));
    }
}
