package dev.pilot.http.stream;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.value.Registration;
import dev.pilot.http.call.Admitted;
import dev.pilot.http.call.Answer;
import dev.pilot.wire.run.StreamEvents;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams that are open: one clock beats for all of them, and now and then another looks who is still let in. Threads may share it.
 */
public final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Duration heartbeat;
    private final Duration slowest;
    private final Frames frames = new Frames();
    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = thread("pilot-http-streams");

    // Of its own: the store may take its time, and signs of life may not.
    private final ScheduledExecutorService doorman = thread("pilot-http-doorman");
    private volatile boolean closed;

    /**
     * Starts the clock.
     *
     * @param heartbeat after how long without an event a sign of life is sent
     * @param slowest how long a reader may take for what it was sent; then it is cut off
     * @param look how often to look who is still let in
     */
    public Streams(Duration heartbeat, Duration slowest, Duration look) {
        this.heartbeat = heartbeat;
        this.slowest = slowest;
        long beat = Math.max(1, Math.min(heartbeat.toMillis(), slowest.toMillis()) / 4);
        var unused = clock.scheduleWithFixedDelay(this::tick, beat, beat, TimeUnit.MILLISECONDS);
        long pause = Math.max(1, look.toMillis());
        var unusedToo = doorman.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Follows events and writes them until one of the two sides ends it.
     *
     * @param request the request
     * @param response the response, not committed yet
     * @param callback completed at the end of the stream
     * @param following what to follow
     * @param who who follows it
     * @throws dev.pilot.api.error.PilotException if it can't be followed; then nothing was written
     */
    public void open(Request request, Response response, Callback callback, Answer.Following following, Admitted who) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        FrameWriter writer = new FrameWriter(response);
        AtomicBoolean over = new AtomicBoolean();
        EventStream[] self = new EventStream[1];
        EventStream stream = new EventStream(writer, frames, who::over, endPoint::close, failure -> {
            if (over.compareAndSet(false, true)) {
                open.remove(self[0]);
                if (failure == null) {
                    callback.succeeded();
                } else {
                    callback.failed(failure);
                }
            }
        });
        self[0] = stream;
        if (following.isReset()) {
            stream.onReset(following.epoch());
        }
        Registration registration = who.pilot().events().follow(following.filter(), following.after(), stream);
        try {
            add(stream);
        } catch (Unavailable stopping) {
            registration.close();
            throw stopping;
        }
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put("X-Accel-Buffering", "no");
        response.getHeaders().put(StreamEvents.EPOCH_HEADER, following.epoch());
        stream.begin(registration);
    }

    /** Takes care of a connection from now on, until it is removed. */
    void add(OpenStream stream) {
        open.add(stream);
        if (closed) {
            open.remove(stream);
            throw new Unavailable("stopping", "The server stops: connect again.", null);
        }
    }

    void remove(OpenStream stream) {
        open.remove(stream);
    }

    Frames frames() {
        return frames;
    }

    private void tick() {
        long now = System.nanoTime();
        each(stream -> stream.tick(now, heartbeat, slowest));
    }

    private void look() {
        each(OpenStream::look);
    }

    private void each(Consumer<OpenStream> care) {
        for (OpenStream stream : open) {
            try {
                care.accept(stream);
            } catch (RuntimeException e) {
                // One broken connection must not stop the clock for the others.
                LOG.warn("a stream could not be taken care of", e);
            }
        }
    }

    /** Ends all streams in good order; none is opened afterwards. */
    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        doorman.shutdownNow();
        open.forEach(OpenStream::end);
    }
}
