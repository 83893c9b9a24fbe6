package dev.pilot.http;

import dev.pilot.wire.route.AuditRoutes;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.ProjectRoutes;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.WorkRoutes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long a body may be. Threads may share it. */
final class BodyLimits {
    private static final Set<Route<?, ?>> BATCHES =
            Set.of(ProjectRoutes.ACT, ProjectRoutes.BATCH, WorkRoutes.REPORT, WorkRoutes.OUTPUT, AuditRoutes.INGEST);

    private final HttpConfig config;

    BodyLimits(HttpConfig config) {
        this.config = config;
    }

    int of(Route<?, ?> route, @Nullable String contentType) {
        if (route == WorkRoutes.KEEP || isStreamed(route, contentType)) {
            return config.maxUpload();
        }
        return BATCHES.contains(route) || route.accepts() == Media.EVENTS ? config.maxBatch() : config.maxBody();
    }

    /** How fast the body has to come. Lines come when there is something to tell. */
    BodyPace pace(Route<?, ?> route) {
        return new BodyPace(route.accepts() == Media.EVENTS ? 0 : config.bodyRate(), System::nanoTime);
    }

    /** How fast a body has to come that nobody wants. */
    BodyPace pace() {
        return new BodyPace(config.bodyRate(), System::nanoTime);
    }

    /** Whether the body is read bit by bit while it is served. */
    boolean isStreamed(Route<?, ?> route, @Nullable String contentType) {
        return route == WorkRoutes.PUBLISH
                || route.accepts() == Media.EVENTS
                        && contentType != null
                        && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-ndjson");
    }
}
