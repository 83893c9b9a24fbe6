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

    private final class Following {
        private final EventFilter filter;
        private final EventFollower follower;
        private long position;
        private boolean checkedOldest;
        private boolean busy;
        private boolean again;
        private boolean ended;

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
            try {
                executor.execute(this::step);
            } catch (RejectedExecutionException shutDown) {
                end(closing());
            }
        }

        /** Reads a page and hands it over; goes on when the follower is ready. */
        private void step() {
            try {
                List<Event> events = store.read(view -> {
                    if (!checkedOldest) {
                        checkedOldest = true;
                        long oldest = view.events().oldest();
                        if (position > 0 && oldest > position + 1 || position == 0 && oldest > 1) {
                            follower.onTruncated(oldest);
                        }
                    }
                    return view.events().after(position, filter, PAGE);
                });
                if (isEnded()) {
                    return;
                }
                if (events.isEmpty()) {
                    rest();
                    return;
                }
                follower.onEvents(events).whenComplete((ready, failure) -> {
                    if (failure == null) {
                        position = events.get(events.size() - 1).position();
                        proceed();
                    } else {
                        LOG.debug("a follower failed", failure);
                        end(null);
                    }
                });
            } catch (PilotException failure) {
                end(failure);
            } catch (RuntimeException failure) {
                LOG.warn("A follower of events failed and was cut off.", failure);
                end(null);
            }
        }

        private void proceed() {
            if (!isEnded()) {
                try {
                    executor.execute(this::step);
                } catch (RejectedExecutionException shutDown) {
                    end(closing());
                }
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

        private void end(@Nullable PilotException cause) {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
            }
            followings.remove(this);
            follower.onEnd(cause);
        }
    }
}
