package dev.pilot.wire.route;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All routes there are. */
public final class Routes {
    private static final List<Class<?>> AREAS = List.of(
            SystemRoutes.class,
            ProjectRoutes.class,
            TaskRoutes.class,
            GraphRoutes.class,
            AgentRoutes.class,
            RunRoutes.class,
            WorkRoutes.class,
            QuotaRoutes.class,
            BudgetRoutes.class,
            WorkerRoutes.class,
            EventRoutes.class,
            ApprovalRoutes.class,
            RepoRoutes.class,
            AuthRoutes.class,
            UserRoutes.class,
            TokenRoutes.class,
            CookieRoutes.class,
            AuditRoutes.class);

    private static final List<Route<?, ?>> ALL =
            AREAS.stream().<Route<?, ?>>flatMap(Routes::of).toList();

    private Routes() {}

    /**
     * All routes, by area.
     *
     * @return the routes
     */
    public static List<Route<?, ?>> all() {
        return ALL;
    }

    /** An area's constants, so that a route can't be declared and forgotten. */
    private static Stream<Route<?, ?>> of(Class<?> area) {
        return Arrays.stream(area.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Route.class)
                .map(field -> {
                    try {
                        return (Route<?, ?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
