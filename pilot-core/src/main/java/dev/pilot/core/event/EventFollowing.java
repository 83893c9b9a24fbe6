package dev.pilot.core.event;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.core.access.Reach;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One follower and how far it is. It catches up from the store by pages, then goes on with what is in memory; if it falls behind, it
 * begins to catch up again. At most one step is under way, so that the follower is called by one thread at a time.
 */
final class EventFollowing {
    private static final Logger LOG = LoggerFactory.getLogger(EventFollowing.class);
    private static final int LONGEST_PAGE = 500;
    private static final int SHORTEST_PAGE = 16;
    private static final int LARGE = 1 << 18;

    private final EventFeed feed;
    private final EventFilter filter;
    private final Reach reach;
    private final EventFollower follower;

    // Of the step that is under way.
    private long position;
    private int page = 100;
    private boolean known;
    private boolean fromStore = true;

    // Guarded by this.
    private boolean busy;
    private boolean again;
    private boolean calling;
    private boolean ended;
    private @Nullable Runnable farewell;

    EventFollowing(EventFeed feed, EventFilter filter, Reach reach, long after, EventFollower follower) {
        this.feed = feed;
        this.filter = filter;
        this.reach = reach;
        this.position = after;
        this.follower = follower;
    }

    /** There may be something new. */
    void wake() {
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
        (fromStore ? feed.catchingUp() : feed.live()).add(this);
    }

    /** Takes the next events and hands them over; goes on when the follower is ready. */
    void step() {
        if (isEnded()) {
            return;
        }
        try {
            RecentEvents.Slice slice = fromStore ? catchUp() : feed.recent().after(position, filter, reach);
            if (slice == null) {
                // It is too far behind for what is in memory.
                fromStore = true;
                next();
            } else if (slice.events().isEmpty()) {
                position = slice.reached();
                rest();
            } else if (begin()) {
                CompletionStage<?> ready = follower.onEvents(slice.events());
                done();
                position = slice.reached();
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

    /** One page from the store. When there is no more, what is new comes from memory. */
    private RecentEvents.Slice catchUp() {
        EventFeed.Look look = feed.look(position, filter, reach, page);
        if (!known && position > look.last() && begin()) {
            // Nothing that this log ever gave has such a position: it is of another one.
            position = 0;
            known = true;
            follower.onReset(feed.epoch());
            done();
            return catchUp();
        }
        known = true;
        if (look.oldest() > position + 1 && begin()) {
            position = look.oldest() - 1;
            follower.onTruncated(look.oldest());
            done();
        }
        List<Event> events = look.events();
        fromStore = events.size() == page;
        if (!fromStore) {
            return new RecentEvents.Slice(events, Math.max(position, look.last()));
        }
        long size = events.stream().mapToLong(RecentEvents::sizeOf).sum();
        page = size > LARGE ? Math.max(SHORTEST_PAGE, page / 2) : Math.min(LONGEST_PAGE, page * 2);
        return new RecentEvents.Slice(events, events.get(events.size() - 1).position());
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

    /** The hub closes. */
    void endClosing() {
        end(new Unavailable("hub-closing", "The hub is closing: follow again when it is back.", null));
    }

    /** Says good-bye, at once or after the call that is under way. */
    void end(@Nullable PilotException cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            feed.forget(this);
            if (calling) {
                farewell = () -> follower.onEnd(cause);
                return;
            }
        }
        follower.onEnd(cause);
    }
}
