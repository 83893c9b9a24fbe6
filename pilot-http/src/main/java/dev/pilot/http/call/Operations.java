package dev.pilot.http.call;

import dev.pilot.api.access.User;
import dev.pilot.api.id.Id;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Page;
import dev.pilot.wire.route.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each route does. Filled by the areas, once; not for several threads. */
public final class Operations {
    private final Map<Route<?, ?>, Operation<?>> byRoute = new LinkedHashMap<>();

    /**
     * A route that answers with JSON.
     *
     * @param <B> the body
     * @param <A> the answer
     * @param route the route
     * @param useCase what it does
     */
    public <B, A> void answer(Route<B, A> route, Function<Call<B>, A> useCase) {
        serve(route, call -> ok(useCase.apply(call)));
    }

    /**
     * A route that answers with a list that is never cut into pages.
     *
     * @param <B> the body
     * @param <I> the items
     * @param route the route
     * @param useCase what it does
     */
    public <B, I> void list(Route<B, Page<I>> route, Function<Call<B>, List<I>> useCase) {
        serve(route, call -> ok(new Page<>(useCase.apply(call), null)));
    }

    /**
     * A route that creates something, or finds what the same request created before.
     *
     * @param <B> the body
     * @param <A> what is created
     * @param route the route
     * @param useCase what it does
     * @param place where the thing can be got
     * @param id the thing's id
     */
    public <B, A> void create(
            Route<B, A> route, Function<Call<B>, Created<A>> useCase, Route<Void, A> place, Function<A, Id> id) {
        serve(route, call -> {
            Created<A> created = useCase.apply(call);
            Map<String, String> headers = new LinkedHashMap<>(version(created.value()));
            headers.put("Location", place.path(id.apply(created.value())));
            return new Answer.Value(created.isNew() ? 201 : 200, created.value(), headers);
        });
    }

    /**
     * A route that answers nothing.
     *
     * @param <B> the body
     * @param route the route
     * @param useCase what it does
     */
    public <B> void done(Route<B, Void> route, Consumer<Call<B>> useCase) {
        serve(route, call -> {
            useCase.accept(call);
            return new Answer.Nothing();
        });
    }

    /**
     * A route whose answer comes later.
     *
     * @param <B> the body
     * @param <A> the answer
     * @param route the route
     * @param useCase what it does
     */
    public <B, A> void later(Route<B, A> route, Function<Call<B>, CompletionStage<A>> useCase) {
        serve(route, call -> later(useCase.apply(call)));
    }

    /**
     * A route of any kind.
     *
     * @param <B> the body
     * @param route the route
     * @param operation what it does
     */
    public <B> void serve(Route<B, ?> route, Operation<B> operation) {
        if (byRoute.put(route, operation) != null) {
            throw new IllegalStateException(route + " is served twice");
        }
    }

    /**
     * What a route does.
     *
     * @param <B> the body
     * @param route the route
     * @return the operation, or null if nothing serves it
     */
    @SuppressWarnings("unchecked") // serve() puts only operations of the route's own body
    public <B> @Nullable Operation<B> of(Route<B, ?> route) {
        return (Operation<B>) byRoute.get(route);
    }

    /**
     * Everything is fine.
     *
     * @param value the answer
     * @return 200 with the value and, where it has a version, its entity tag
     */
    public static Answer ok(Object value) {
        return new Answer.Value(200, value, version(value));
    }

    /**
     * An answer that comes later and leaves nothing to undo.
     *
     * @param <A> what it is made of
     * @param stage completes with that
     * @return the answer
     */
    public static <A> Answer later(CompletionStage<A> stage) {
        return new Answer.Later<>(stage, Operations::ok, null, late -> {});
    }

    private static Map<String, String> version(Object value) {
        Instant version = versionOf(value);
        return version == null ? Map.of() : Map.of("ETag", Call.EntityTag.of(version));
    }

    private static @Nullable Instant versionOf(Object value) {
        if (value instanceof Project project) {
            return project.updatedAt();
        } else if (value instanceof Task task) {
            return task.updatedAt();
        } else if (value instanceof Run run) {
            return run.updatedAt();
        } else if (value instanceof GraphRun graph) {
            return graph.updatedAt();
        } else if (value instanceof Agent agent) {
            return agent.updatedAt();
        } else if (value instanceof Repo repo) {
            return repo.updatedAt();
        } else if (value instanceof Approval approval) {
            return approval.updatedAt();
        } else if (value instanceof User user) {
            return user.updatedAt();
        }
        return null;
    }
}
