package dev.pilot.core.event;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.value.Registration;
import dev.pilot.core.access.Reach;
import dev.pilot.core.config.FollowLimits;
import dev.pilot.core.system.Threads;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers what was appended. One thread reads what is new from the store, once for all, into {@link RecentEvents}; each
 * follower takes it from there, or pages from the store while it is behind. Nothing is buffered for a follower, a slow one holds up
 * nobody, and none can miss anything. The thread pauses between two looks, the longer the more there is to do, so that much of what
 * waits for one follower comes to it at once.
 */
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int PAGE = 500;
    private static final int LOOK_EVERY_MILLIS = 50;
    private static final long SHORTEST_TICK = TimeUnit.MILLISECONDS.toNanos(1);

    /** The pause is so many times what the last looks cost: telling takes a fifth of the time at most, as long as ticks may grow. */
    private static final int PAUSE = 4;

    private final ProjectStore store;
    private final RecentEvents recent;
    private final FollowLane live;
    private final FollowLane catchingUp;
    private final long longestTick;
    private final Set<EventFollowing> followings = ConcurrentHashMap.newKeySet();
    private final Registration hints;
    private final Object signal = new Object();

    // Guarded by signal.
    private @Nullable Thread thread;
    private boolean hinted;
    private boolean closed;

    // Of the thread alone.
    private boolean started;
    private long cost;

    /**
     * Makes one.
     *
     * @param store what is followed
     * @param executor runs the followers
     * @param limits what following may cost
     */
    public EventFeed(ProjectStore store, Executor executor, FollowLimits limits) {
        this.store = store;
        this.recent = new RecentEvents(limits);
        int cores = Runtime.getRuntime().availableProcessors();
        this.live = new FollowLane(executor, cores);
        this.catchingUp = new FollowLane(executor, Math.max(2, cores / 2));
        this.longestTick = limits.longestTick().toNanos();
        this.hints = store.onCommit(this::hint);
    }

    /**
     * What one look at the store shows.
     *
     * @param oldest the oldest event's position, 0 if there is none
     * @param last the newest event's position, 0 if there is none
     * @param events what was asked for
     */
    record Look(long oldest, long last, List<Event> events) {}

    /**
     * Follows events, on threads of the feed's executor, one call at a time.
     *
     * @param filter which
     * @param reach how far the follower sees
     * @param after the position after which it begins
     * @param follower is told
     * @return ends it
     */
    public Registration follow(EventFilter filter, Reach reach, long after, EventFollower follower) {
        EventFollowing following = new EventFollowing(this, filter, reach, after, follower);
        followings.add(following);
        boolean over;
        synchronized (signal) {
            over = closed;
            if (!over && thread == null) {
                thread = Threads.daemon("pilot-events", this::run);
                thread.start();
            }
        }
        if (over) {
            following.endClosing();
        }
        following.wake();
        hint();
        return () -> following.end(null);
    }

    /** Looks again, for hints that were lost. */
    public void wakeAll() {
        hint();
    }

    RecentEvents recent() {
        return recent;
    }

    FollowLane live() {
        return live;
    }

    FollowLane catchingUp() {
        return catchingUp;
    }

    String epoch() {
        return store.info().epoch();
    }

    Look look(long position, EventFilter filter, Reach reach, int limit) {
        return store.read(view -> new Look(
                view.events().oldest(),
                view.events().last(),
                reach.in(view).events().after(position, filter, limit)));
    }

    void forget(EventFollowing following) {
        followings.remove(following);
    }

    private void hint() {
        synchronized (signal) {
            if (!hinted) {
                hinted = true;
                signal.notifyAll();
            }
        }
    }

    private void run() {
        try {
            while (awaitHint()) {
                long start = System.nanoTime();
                tell();
                pause(start, System.nanoTime());
            }
        } catch (InterruptedException stopped) {
            LOG.debug("stopped");
        }
    }

    private boolean awaitHint() throws InterruptedException {
        synchronized (signal) {
            while (!hinted && !closed) {
                boolean somebodyWaits = live.look() | catchingUp.look();
                signal.wait(somebodyWaits ? LOOK_EVERY_MILLIS : 0);
            }
            hinted = false;
            return !closed;
        }
    }

    private void tell() {
        if (followings.isEmpty()) {
            started = false;
            return;
        }
        try {
            if (!started) {
                recent.start(store.read(view -> view.events().last()));
                started = true;
            }
            for (List<Event> events = read(); !events.isEmpty(); events = events.size() < PAGE ? List.of() : read()) {
                recent.add(events);
            }
        } catch (PilotException passing) {
            // The next hint, or the next sweep, tries again; meanwhile followers wait.
            LOG.warn("New events could not be read: {}", passing.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("New events could not be read.", failure);
        }
        followings.forEach(EventFollowing::wake);
    }

    private List<Event> read() {
        long tip = recent.tip();
        return store.read(view -> view.events().after(tip, EventFilter.ALL, PAGE));
    }

    /** Lets more come together: what is new is then read, encoded and written together. */
    private void pause(long start, long told) throws InterruptedException {
        long tick = Math.max(SHORTEST_TICK, Math.min(longestTick, PAUSE * cost));
        long end = start + tick;
        synchronized (signal) {
            for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(signal, left);
            }
        }
        long latest = Math.max(told - start, live.drainedAt() - start);
        cost = (3 * cost + latest) / 4;
    }

    /** Says good-bye to all who follow. */
    @Override
    public void close() {
        synchronized (signal) {
            closed = true;
            signal.notifyAll();
        }
        hints.close();
        followings.forEach(EventFollowing::endClosing);
    }
}
