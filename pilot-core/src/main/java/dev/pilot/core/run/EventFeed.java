package dev.pilot.core.run;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.value.Registration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers what was appended: each reads its own pages from the store, woken by commits, and takes the next page when it
 * is done with the one before. So nothing is buffered, a slow follower holds up nobody, and none can miss anything.
 */
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int PAGE = 500;

    private final ProjectStore store;
    private final Executor executor;
    private final Set<Following> followings = ConcurrentHashMap.newKeySet();
    private final Registration hints;
    private volatile boolean closed;

    /**
     * Makes one.
     *
     * @param store what is followed
     * @param executor runs the reading and the followers
     */
    public EventFeed(ProjectStore store, Executor executor) {
        this.store = store;
        this.executor = executor;
        this.hints = store.onCommit(() -> followings.forEach(Following::wake));
    }

    Registration follow(EventFilter filter, long after, EventFollower follower) {
        Following following = new Following(filter, after, follower);
        followings.add(following);
        if (closed) {
            following.end(closing());
        }
        following.wake();
        return () -> following.end(null);
    }

    /** Looks again, for hints that were lost. */
    void wakeAll() {
        followings.forEach(Following::wake);
    }

    @Override
    public void close() {
        closed = true;
        hints.close();
        followings.forEach(following -> following.end(closing()));
    }

    private static Unavailable closing() {
        return new Unavailable("hub-closing", "The hub is closing: follow again when it is back.", null);
    }

    private record Look(long oldest, List<Event> events) {}

    /** One follower. At most one step is under way, so that it is called by one thread at a time. */
    private final class Following {
        private final EventFilter filter;
        private final EventFollower follower;
        private long position;
        private boolean busy;
        private boolean again;
        private boolean calling;
        private boolean ended;
        private @Nullable Runnable farewell;

        private Following(EventFilter filter, long after, EventFollower follower) {
            this.filter = filter;
            this.position = after;
            this.follower = follower;
        }

        private void wake() {
            synchronized (this) {
                if (busy || ended) {
                    again = true;
                    return;
                }
                busy = true;
                again = false;
            }
            next();
        }

        private void next() {
            try {
                executor.execute(this::step);
            } catch (RejectedExecutionException shutDown) {
                end(closing());
            }
        }

        /** Reads a page and hands it over; goes on when the follower is ready. */
        private void step() {
            if (isEnded()) {
                return;
            }
            try {
                Look look = look();
                if (look.oldest() > position + 1 && begin()) {
                    position = look.oldest() - 1;
                    follower.onTruncated(look.oldest());
                    done();
                }
                if (look.events().isEmpty()) {
                    rest();
                } else if (begin()) {
                    CompletionStage<?> ready = follower.onEvents(look.events());
                    done();
                    position = look.events().get(look.events().size() - 1).position();
                    ready.whenComplete((answer, failure) -> goOn(failure));
                }
            } catch (PilotException failure) {
                done();
                end(failure);
            } catch (RuntimeException failure) {
                LOG.warn("A follower of events failed and was cut off.", failure);
                done();
                end(null);
            }
        }

        private Look look() {
            return store.read(
                    view -> new Look(view.events().oldest(), view.events().after(position, filter, PAGE)));
        }

        private void goOn(@Nullable Throwable failure) {
            if (failure == null) {
                next();
            } else {
                LOG.debug("a follower failed", failure);
                end(null);
            }
        }

        private void rest() {
            synchronized (this) {
                busy = false;
                if (!again) {
                    return;
                }
            }
            wake();
        }

        private synchronized boolean isEnded() {
            return ended;
        }

        private synchronized boolean begin() {
            calling = !ended;
            return calling;
        }

        private void done() {
            Runnable late;
            synchronized (this) {
                calling = false;
                late = farewell;
                farewell = null;
            }
            if (late != null) {
                late.run();
            }
        }

        /** Says good-bye, at once or after the call that is under way. */
        private void end(@Nullable PilotException cause) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                followings.remove(this);
                if (calling) {
                    farewell = () -> follower.onEnd(cause);
                    return;
                }
            }
            follower.onEnd(cause);
        }
    }
}
