package dev.pilot.http.system;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.system.Health;
import dev.pilot.api.value.Named;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.Routes;
import dev.pilot.wire.route.SystemRoutes;
import dev.pilot.wire.system.Status;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        to.list(SystemRoutes.USAGE, call -> call.pilot().projects().usage(query(call)));
        to.answer(SystemRoutes.OPENAPI, call -> description.document());
    }

    private static UsageQuery query(Call<Void> call) {
        String by = call.text("by");
        List<UsageKey> keys = by == null
                ? List.of()
                : Arrays.stream(by.split(",", -1))
                        .map(key -> Named.parse(UsageKey.class, key, "by"))
                        .toList();
        return new UsageQuery(
                keys,
                day("from", call.text("from")),
                day("to", call.text("to")),
                call.id("project", ProjectId::new),
                call.id("agent", AgentId::new),
                call.text("model"),
                call.text("provider"));
    }

    private static @Nullable LocalDate day(String name, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw InvalidInput.of(name, "must be a day such as 2026-01-31");
        }
    }
}
