package dev.pilot.http.run;

import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.Events;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.Registration;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Operations;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A list of events that may wait for its first one. No thread waits with it. */
record EventWait(Events events, EventFilter filter, long after, int limit) {
    private static final Answer NOTHING = Operations.ok(new Page<Event>(List.of(), null));

    Answer answer(Duration wait) {
        if (wait.isZero()) {
            return Operations.ok(list());
        }
        long last = events.lastPosition();
        Page<Event> page = list();
        if (!page.items().isEmpty()) {
            return Operations.ok(page);
        }
        // Up to here there was nothing, so there is no need to look through it again.
        CompletableFuture<Boolean> news = new CompletableFuture<>();
        Registration following = events.follow(filter, last, more -> {
            if (more.get(more.size() - 1).position() > after) {
                news.complete(true);
            }
            return CompletableFuture.completedFuture(null);
        });
        var unused = news.completeOnTimeout(false, wait.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((came, failure) -> following.close());
        return new Answer.Later<>(news, came -> came ? Operations.ok(list()) : NOTHING, NOTHING, late -> {});
    }

    private Page<Event> list() {
        return events.list(filter, after, limit);
    }
}
