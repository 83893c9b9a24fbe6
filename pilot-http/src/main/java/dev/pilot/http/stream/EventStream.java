package dev.pilot.http.stream;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFollower;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Registration;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.run.StreamEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection that follows events. The hub sends no more before the reader has taken what there is. */
final class EventStream implements EventFollower, OpenStream {
    private final FrameWriter writer;
    private final Frames frames;
    private final Supplier<@Nullable PilotException> over;
    private final Runnable cutOff;
    private final Consumer<@Nullable Throwable> done;
    private final CompletableFuture<Registration> registration = new CompletableFuture<>();

    /**
     * Makes one.
     *
     * @param writer writes the frames
     * @param frames makes the frames
     * @param over says why the caller may not stay, or null
     * @param cutOff closes the connection, whatever is being written
     * @param done takes the end, once: null if it was a good one
     */
    EventStream(
            FrameWriter writer,
            Frames frames,
            Supplier<@Nullable PilotException> over,
            Runnable cutOff,
            Consumer<@Nullable Throwable> done) {
        this.writer = writer;
        this.frames = frames;
        this.over = over;
        this.cutOff = cutOff;
        this.done = done;
    }

    /** Begins to write: everything is set up. */
    void begin(Registration following) {
        registration.complete(following);
        tell(ByteBuffer.wrap("retry: 1000\n\n".getBytes(StandardCharsets.US_ASCII)));
        writer.release();
    }

    @Override
    public CompletionStage<?> onEvents(List<Event> events) {
        return send(frames.of(events));
    }

    @Override
    public void onTruncated(long oldest) {
        tell(Frames.named(StreamEvents.TRUNCATED, new StreamEvents.Truncated(oldest)));
    }

    @Override
    public void onReset(String epoch) {
        tell(Frames.named(StreamEvents.RESET, new StreamEvents.Reset(epoch)));
    }

    @Override
    public void onEnd(@Nullable PilotException cause) {
        end(cause == null ? Json.object() : ErrorBody.of(cause));
    }

    @Override
    public void end() {
        end(Json.object());
    }

    @Override
    public void look() {
        PilotException why = over.get();
        if (why != null) {
            onEnd(OpenStream.farewell(why));
        }
    }

    private void end(Object data) {
        watch(writer.finish(Frames.named(StreamEvents.END, data)), true);
    }

    private CompletableFuture<Void> send(ByteBuffer frame) {
        CompletableFuture<Void> written = writer.write(frame);
        watch(written, false);
        return written;
    }

    private void tell(ByteBuffer frame) {
        watch(writer.write(frame), false);
    }

    private void watch(CompletableFuture<Void> written, boolean last) {
        var unused = written.whenComplete((nothing, failure) -> {
            if (failure != null || last) {
                var unusedToo = registration.thenAccept(Registration::close);
                done.accept(failure);
            }
        });
    }

    @Override
    public void tick(long now, Duration heartbeat, Duration slowest) {
        if (writer.stalledFor(now) > slowest.toNanos()) {
            // The server then fails what is being written, and that ends all the rest.
            cutOff.run();
        } else if (writer.idleFor(now) >= heartbeat.toNanos()) {
            tell(Frames.comment("alive"));
        }
    }
}
