package dev.pilot.http.system;

import dev.pilot.api.system.Health;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.Routes;
import dev.pilot.wire.route.SystemRoutes;
import dev.pilot.wire.system.Status;
import java.util.Map;

/** The hub itself. */
public final class SystemOperations {
    private static final Status ALIVE = new Status("ok");

    private SystemOperations() {}

    /**
     * Adds the area's operations.
     *
     * @param to takes them
     */
    public static void add(Operations to) {
        OpenApi description = new OpenApi(Routes.all());
        to.answer(SystemRoutes.ALIVE, call -> ALIVE);
        to.serve(SystemRoutes.READY, call -> {
            Health health = call.pilot().system().health();
            return new Answer.Value(health.healthy() ? 200 : 503, health, Map.of());
        });
        to.answer(SystemRoutes.META, call -> call.pilot().system().meta());
        to.answer(SystemRoutes.OVERVIEW, call -> call.pilot().system().overview());
        to.answer(SystemRoutes.STATS, call -> call.pilot().projects().stats());
        to.answer(SystemRoutes.OPENAPI, call -> description.document());
    }
}
