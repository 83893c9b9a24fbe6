package dev.pilot.http.stream;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Registration;
import dev.pilot.http.call.Answer;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.StreamEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket that follows events: each event is a text frame with the JSON that server-sent events have as data, and what else is to
 * be said is an object with one member, named as such an event is. Whoever brought no token shows it in the first message.
 */
final class EventSocket implements FrameHandler, EventFollower, OpenStream {
    private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

    /** So many pings without an answer, and the other side is taken for gone. */
    private static final int PINGS = 3;

    /** What comes in is a token at most. */
    private static final int LONGEST_MESSAGE = 1 << 13;

    private final Frames frames;
    private final Entrance entrance;
    private final Consumer<EventSocket> closed;
    private final CompletableFuture<Registration> registration = new CompletableFuture<>();

    // Of the thread that has a frame: one at a time.
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    // Guarded by this.
    private @Nullable CoreSession session;
    private Sockets.@Nullable Entered entered;
    private long opened;
    private long since;
    private long closing;
    private int sending;
    private int pings;

    /**
     * How one gets in.
     *
     * @param admit looks at a token and finds what is to be followed; throws what is wrong
     * @param already what was found, if the token came with the handshake; else null
     * @param patience how long the first message may take
     */
    record Entrance(Function<String, Sockets.Entered> admit, Sockets.@Nullable Entered already, Duration patience) {}

    EventSocket(Frames frames, Entrance entrance, Consumer<EventSocket> closed) {
        this.frames = frames;
        this.entrance = entrance;
        this.closed = closed;
    }

    @Override
    public void onOpen(CoreSession core, Callback callback) {
        synchronized (this) {
            session = core;
            opened = System.nanoTime();
            since = opened;
        }
        callback.succeeded();
        Sockets.Entered already = entrance.already();
        if (already != null) {
            follow(already);
        }
        core.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.BINARY, OpCode.CONTINUATION -> said(frame);
            case OpCode.PING -> send(new Frame(OpCode.PONG, ByteBuffer.wrap(bytes(frame))), false, Callback.NOOP);
            case OpCode.PONG -> answered();
            default -> LOG.trace("{} needs no answer of ours", frame);
        }
        callback.succeeded();
        CoreSession open = session();
        if (open != null && frame.getOpCode() != OpCode.CLOSE) {
            open.demand();
        }
    }

    private static byte[] bytes(Frame frame) {
        byte[] bytes = new byte[frame.getPayloadLength()];
        frame.getPayload().slice().get(bytes);
        return bytes;
    }

    private synchronized void answered() {
        pings = 0;
    }

    /** The first message shows the token; there is nothing else to say. */
    private void said(Frame frame) {
        synchronized (this) {
            if (entered != null || closing != 0) {
                return;
            }
        }
        try {
            message.writeBytes(bytes(frame));
            if (message.size() > LONGEST_MESSAGE) {
                throw InvalidInput.of("message", "must be shorter than " + LONGEST_MESSAGE + " bytes");
            } else if (frame.isFin()) {
                Json.Obj hello = WireCodec.read(message.toByteArray(), Json.Obj.class);
                follow(entrance.admit().apply(InvalidInput.required(hello.text("token"), "token")));
            }
        } catch (PilotException refused) {
            close(CloseCode.of(refused));
        } catch (RuntimeException failure) {
            LOG.warn("A WebSocket could not be let in.", failure);
            close(CloseCode.FAILED);
        }
    }

    private void follow(Sockets.Entered entering) {
        synchronized (this) {
            entered = entering;
        }
        try {
            Answer.Following what = entering.following();
            if (what.isReset()) {
                onReset(what.epoch());
            }
            registration.complete(entering.who().pilot().events().follow(what.filter(), what.after(), this));
        } catch (PilotException refused) {
            close(CloseCode.of(refused));
        }
    }

    @Override
    public CompletionStage<?> onEvents(List<Event> events) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        for (int i = 0; i < events.size(); i++) {
            boolean last = i == events.size() - 1;
            Runnable done = last ? () -> written.complete(null) : () -> {};
            Frame frame = new Frame(OpCode.TEXT, frames.json(events.get(i)));
            send(frame, !last, Callback.from(done, written::completeExceptionally));
        }
        return written;
    }

    @Override
    public void onTruncated(long oldest) {
        tell(StreamEvents.TRUNCATED, new StreamEvents.Truncated(oldest));
    }

    @Override
    public void onReset(String epoch) {
        tell(StreamEvents.RESET, new StreamEvents.Reset(epoch));
    }

    @Override
    public void onEnd(@Nullable PilotException cause) {
        if (cause != null) {
            tell(StreamEvents.END, ErrorBody.of(cause));
            close(CloseCode.of(cause));
        } else {
            close(CloseCode.STOPPING);
        }
    }

    @Override
    public void end() {
        close(CloseCode.STOPPING);
    }

    private void tell(String name, Record data) {
        byte[] message = WireCodec.write(Json.object(name, WireCodec.toJson(data)));
        send(new Frame(OpCode.TEXT, ByteBuffer.wrap(message)), false, Callback.NOOP);
    }

    private void send(Frame frame, boolean more, Callback callback) {
        CoreSession open;
        synchronized (this) {
            open = session;
            if (open != null) {
                since = sending == 0 ? System.nanoTime() : since;
                sending++;
            }
        }
        if (open == null) {
            callback.failed(new ClosedChannelException());
            return;
        }
        open.sendFrame(
                frame,
                Callback.from(
                        () -> {
                            progressed();
                            callback.succeeded();
                        },
                        failure -> {
                            progressed();
                            callback.failed(failure);
                        }),
                more);
    }

    private synchronized void progressed() {
        sending--;
        since = System.nanoTime();
    }

    private synchronized @Nullable CoreSession session() {
        return session;
    }

    /** Says why and ends it. What can't even be told that in time is cut off by {@link #tick}. */
    private void close(CloseCode why) {
        CoreSession open;
        synchronized (this) {
            open = session;
            if (open == null || closing != 0) {
                return;
            }
            closing = System.nanoTime();
        }
        var unused = registration.thenAccept(Registration::close);
        open.close(why.code(), why.reason(), Callback.NOOP);
    }

    @Override
    public void tick(long now, Duration heartbeat, Duration slowest) {
        CoreSession open;
        CloseCode why = null;
        boolean abort;
        boolean ping;
        synchronized (this) {
            open = session;
            if (open == null) {
                return;
            }
            abort = closing != 0 && now - closing > slowest.toNanos() || pings >= PINGS;
            if (entered == null && now - opened > entrance.patience().toNanos()) {
                why = CloseCode.NO_TOKEN;
            } else if (sending > 0 && now - since > slowest.toNanos()) {
                why = CloseCode.SLOW_READER;
            }
            ping = sending == 0 && closing == 0 && now - since >= heartbeat.toNanos();
            pings += ping ? 1 : 0;
        }
        if (abort) {
            open.abort();
        } else if (why != null) {
            close(why);
        } else if (ping) {
            send(new Frame(OpCode.PING), false, Callback.NOOP);
        }
    }

    @Override
    public void look() {
        Sockets.Entered in;
        synchronized (this) {
            in = session == null || closing != 0 ? null : entered;
        }
        PilotException why = in == null ? null : in.who().over();
        if (why != null) {
            onEnd(OpenStream.farewell(why));
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        LOG.debug("a WebSocket broke", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        synchronized (this) {
            session = null;
        }
        closed.accept(this);
        var unused = registration.thenAccept(Registration::close);
        callback.succeeded();
    }
}
