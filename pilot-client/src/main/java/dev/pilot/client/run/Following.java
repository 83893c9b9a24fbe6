package dev.pilot.client.run;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.value.Registration;
import dev.pilot.client.call.Backoff;
import dev.pilot.client.call.Frame;
import dev.pilot.client.call.OpenStream;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.StreamEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a hub's events on a thread of its own: connects, hands over, and when the stream breaks comes back behind the last event that
 * the follower got. It reads no further while the follower is busy, so the hub feels it.
 */
final class Following implements Registration {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final AtomicInteger THREADS = new AtomicInteger();

    /** So many events are handed over at once at most. */
    private static final int BATCH = 500;

    private final Connect connect;
    private final EventFollower follower;
    private final Consumer<Following> ended;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable OpenStream stream;

    // Of the thread alone.
    private long position;
    /** The log that the position is of; null before the first connection. */
    private @Nullable String epoch;

    private int failures;
    /** How long the hub asks to stay away. */
    private Duration pause = Duration.ZERO;

    /** Makes a connection. */
    interface Connect {
        /**
         * Makes it.
         *
         * @param after the position behind which to start
         * @param epoch the log that it is of; null for whichever it is
         */
        OpenStream to(long after, @Nullable String epoch);
    }

    Following(Connect connect, long after, EventFollower follower, Consumer<Following> ended) {
        this.connect = connect;
        this.position = after;
        this.follower = follower;
        this.ended = ended;
        this.thread = new Thread(this::follow, "pilot-follow-" + THREADS.incrementAndGet());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.complete(null);
        OpenStream open = stream;
        if (open != null) {
            open.cancel();
        }
    }

    private void follow() {
        PilotException cause = null;
        try {
            while (cause == null && !closed.isDone()) {
                long start = System.nanoTime();
                cause = once();
                if (cause == null) {
                    boolean lasted = System.nanoTime() - start
                            > Backoff.OF_STREAMS.longest().toNanos();
                    failures = lasted ? 1 : failures + 1;
                    rest();
                }
            }
        } catch (RuntimeException failure) {
            LOG.warn("A follower of events failed and gets no more.", failure);
        }
        ended.accept(this);
        follower.onEnd(closed.isDone() ? null : cause);
    }

    /** One connection, from its beginning to its end. Answers why there can't be another, or null. */
    private @Nullable PilotException once() {
        pause = Duration.ZERO;
        try (OpenStream open = connect.to(position, epoch)) {
            stream = open;
            if (closed.isDone()) {
                return null;
            }
            PilotException refused = open.open();
            pause = open.pause();
            if (refused != null) {
                return isFinal(refused) ? refused : null;
            }
            if (epoch == null) {
                epoch = open.header(StreamEvents.EPOCH_HEADER);
            }
            PilotException cause = null;
            for (Frame frame = open.next(); frame != null && cause == null && !closed.isDone(); ) {
                cause = take(frame, open);
                frame = cause == null && !closed.isDone() ? open.next() : null;
            }
            return cause;
        } catch (IOException broken) {
            LOG.debug("the stream of events broke behind {}: {}", position, broken.toString());
            return null;
        } catch (InvalidInput garbage) {
            LOG.warn("What came in the stream of events behind {} can't be read: {}", position, garbage.getMessage());
            return null;
        } finally {
            stream = null;
        }
    }

    private @Nullable PilotException take(Frame first, OpenStream open) throws IOException {
        List<Event> events = new ArrayList<>();
        Frame frame = first;
        while (frame != null && frame.name().equals(StreamEvents.EVENT)) {
            Event event = WireCodec.readLenient(frame.data(), Event.class);
            if (event.position() > position) {
                position = event.position();
                events.add(event);
            }
            frame = events.size() < BATCH && open.hasNextNow() ? open.next() : null;
        }
        if (!events.isEmpty()) {
            failures = 0;
            hand(events);
        }
        return frame == null || closed.isDone() ? null : say(frame);
    }

    /** Waits until the follower is ready for more, or this is closed. */
    private void hand(List<Event> events) {
        CompletableFuture<?> ready = follower.onEvents(events).toCompletableFuture();
        CompletableFuture.anyOf(ready, closed).join();
    }

    private @Nullable PilotException say(Frame frame) {
        switch (frame.name()) {
            case StreamEvents.TRUNCATED ->
                follower.onTruncated(WireCodec.readLenient(frame.data(), StreamEvents.Truncated.class)
                        .oldest());
            case StreamEvents.RESET -> {
                String now = WireCodec.readLenient(frame.data(), StreamEvents.Reset.class)
                        .epoch();
                position = 0;
                epoch = now;
                follower.onReset(now);
            }
            case StreamEvents.END -> {
                PilotException cause =
                        WireCodec.readLenient(frame.data(), ErrorBody.class).toException();
                return isFinal(cause) ? cause : null;
            }
            default -> LOG.debug("an unknown frame {} is skipped", frame.name());
        }
        return null;
    }

    /** Whether coming back would end in the same way. */
    private static boolean isFinal(PilotException cause) {
        ErrorKind kind = cause.kind();
        return switch (kind) {
            case INVALID, NOT_FOUND, ALREADY_EXISTS, CONFLICT, NOT_ALLOWED, FORBIDDEN, UNAUTHENTICATED, LEASE_LOST ->
                true;
            case OVER_LIMIT, UNAVAILABLE, OUTCOME_UNKNOWN -> false;
        };
    }

    private void rest() {
        try {
            Duration usual = Backoff.OF_STREAMS.after(failures);
            Duration longer = pause.compareTo(usual) > 0 ? pause : usual;
            closed.get(longer.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException nextTry) {
            LOG.trace("coming back");
        } catch (InterruptedException | ExecutionException e) {
            closed.complete(null);
        }
    }
}
