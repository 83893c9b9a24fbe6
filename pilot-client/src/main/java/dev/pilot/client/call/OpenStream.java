package dev.pilot.client.call;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One connection that carries server-sent events. One thread reads it; any may {@link #cancel} it. */
public final class OpenStream implements AutoCloseable {
    private final Supplier<Call> calls;
    private final Predicate<Call> renew;
    private volatile Call call;
    private volatile boolean cancelled;
    private @Nullable Response response;
    private @Nullable BufferedSource source;
    private Duration pause = Duration.ZERO;

    /**
     * Makes one.
     *
     * @param calls makes a call
     * @param renew gets another token than the one of a call that was refused for it; whether there is one now
     */
    OpenStream(Supplier<Call> calls, Predicate<Call> renew) {
        this.calls = calls;
        this.renew = renew;
        this.call = calls.get();
    }

    /**
     * Connects.
     *
     * @return why the hub refused, or null if frames may be read
     * @throws IOException if it can't be reached
     */
    public @Nullable PilotException open() throws IOException {
        PilotException refused = connect();
        if (refused instanceof Unauthenticated) {
            try {
                if (!renew.test(call)) {
                    return refused;
                }
            } catch (PilotException failed) {
                return failed;
            }
            call = calls.get();
            if (cancelled) {
                call.cancel();
            }
            refused = connect();
        }
        return refused;
    }

    private @Nullable PilotException connect() throws IOException {
        Response answer = call.execute();
        if (!answer.isSuccessful()) {
            Received refusal = Wire.receive(answer);
            pause = refusal.retryAfter();
            return refusal.error();
        }
        response = answer;
        source = answer.body().source();
        return null;
    }

    /**
     * How long the hub asks to wait where it refused.
     *
     * @return the time; nothing if it didn't say
     */
    public Duration pause() {
        return pause;
    }

    /**
     * What the hub said before the first frame.
     *
     * @param name a header's name
     * @return its value, or null
     */
    public @Nullable String header(String name) {
        return response == null ? null : response.header(name);
    }

    /**
     * Waits for the next frame.
     *
     * @return the frame, or null where the stream ends; what was cut in the middle is no frame
     * @throws IOException if the connection breaks
     */
    public @Nullable Frame next() throws IOException {
        return source == null ? null : Frame.read(source);
    }

    /**
     * Whether a whole frame is here already, so that reading it needs no waiting.
     *
     * @return true if {@link #next} answers at once
     * @throws IOException if the connection breaks
     */
    public boolean hasNextNow() throws IOException {
        return source != null && Frame.isWholeIn(source.getBuffer());
    }

    /** Breaks it off under the thread that reads. */
    public void cancel() {
        cancelled = true;
        call.cancel();
    }

    /** Lets go of the connection; for the thread that reads. */
    @Override
    public void close() {
        call.cancel();
        if (response != null) {
            response.close();
        }
    }
}
