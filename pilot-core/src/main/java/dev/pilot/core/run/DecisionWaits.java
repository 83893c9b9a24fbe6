package dev.pilot.core.run;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.value.Registration;
import dev.pilot.core.access.Reach;
import dev.pilot.core.event.EventFeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Waits for decisions, on whichever hub they are made, without a thread: their events end it. */
final class DecisionWaits {
    private final ProjectStore store;
    private final EventFeed feed;
    private final Executor executor;

    /** @param executor runs what comes of answers, which may take its time: neither timers nor other followers wait for it */
    DecisionWaits(ProjectStore store, EventFeed feed, Executor executor) {
        this.store = store;
        this.feed = feed;
        this.executor = executor;
    }

    private record Seen(Approval approval, long position) {}

    /** Ends the wait with the first event about an approval. */
    private record Wait(ApprovalId id, CompletableFuture<Boolean> news) implements EventFollower {
        @Override
        public CompletionStage<?> onEvents(List<Event> events) {
            if (events.stream().anyMatch(event -> id.value().equals(event.data().text("approvalId")))) {
                news.complete(true);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onTruncated(long oldest) {
            news.complete(true);
        }

        @Override
        public void onReset(String epoch) {
            news.complete(true);
        }

        @Override
        public void onEnd(@Nullable PilotException cause) {
            news.complete(false);
        }
    }

    CompletionStage<Approval> await(ApprovalId id, Reach reach, Duration atMost) {
        Seen seen = store.read(view ->
                new Seen(reach.in(view).approvals().get(id), view.events().last()));
        Approval now = seen.approval();
        if (now.status() != ApprovalStatus.PENDING || atMost.isZero() || atMost.isNegative()) {
            return CompletableFuture.completedFuture(now);
        }
        CompletableFuture<Boolean> news = new CompletableFuture<>();
        EventFilter filter = new EventFilter(now.subject(), now.runId(), now.projectId(), "approval");
        Registration following = feed.follow(filter, Reach.ALL, seen.position(), new Wait(id, news));
        return news.completeOnTimeout(false, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenApplyAsync(
                        came -> {
                            following.close();
                            return store.read(view -> view.approvals().get(id));
                        },
                        executor);
    }
}
