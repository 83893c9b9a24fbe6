package dev.pilot.client.call;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.value.Created;
import dev.pilot.wire.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/**
 * Sends requests to one hub as one caller. What failed on the way is sent again where that is safe: always if it never left, else only
 * if it is repeatable. Threads may share it.
 */
public final class Connection implements AutoCloseable {
    private final Wire wire;
    private final Credential credential;
    private final int attempts;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Makes one; it connects when it is first used.
     *
     * @param base the hub's address
     * @param credential shown with every call
     * @param settings timeouts and retries
     */
    public Connection(URI base, Credential credential, Settings settings) {
        this.wire = new Wire(base, credential, settings);
        this.credential = credential;
        this.attempts = settings.retries() + 1;
    }

    /**
     * How calls are made.
     *
     * @param connectTimeout how long a connection may take to come about
     * @param requestTimeout how long the hub may take to answer, unless a request knows better
     * @param retries how often a call is sent again at most
     */
    public record Settings(Duration connectTimeout, Duration requestTimeout, int retries) {}

    /**
     * Calls and reads the answer.
     *
     * @param <A> the answer
     * @param request the call
     * @return the answer
     */
    public <A> A call(Request<A> request) {
        return call(request, json(request));
    }

    /**
     * Calls where there is no answer but that it is done.
     *
     * @param request the call
     */
    public void run(Request<Void> request) {
        call(request, done -> true);
    }

    /**
     * Calls and says whether the call created what it answers.
     *
     * @param <A> what is created
     * @param request the call; it is sent again where need be, so it must carry an id or key
     * @return what is created
     */
    public <A> Created<A> create(Request<A> request) {
        Function<Received, A> json = json(request);
        return call(request.repeatable(), received -> new Created<>(json.apply(received), received.isNew()));
    }

    /**
     * Calls to create something under a key that was made for this very call: what is found can only be what it created itself, when
     * the answer to the first sending was lost.
     *
     * @param <A> what is created
     * @param request the call
     * @return what is created, always new
     */
    public <A> Created<A> createNew(Request<A> request) {
        return new Created<>(create(request).value(), true);
    }

    /**
     * Calls and reads the answer in a way of its own.
     *
     * @param <T> what it is read as
     * @param request the call
     * @param read reads the answer
     * @return what was read
     */
    public <T> T call(Request<?> request, Function<Received, T> read) {
        for (int attempt = 1; ; attempt++) {
            Outcome<T> outcome = renewed(request, read);
            if (!mayGoOn(request, outcome, attempt)) {
                return outcome.get();
            }
            pause(delay(outcome, attempt));
        }
    }

    /**
     * Calls without waiting for the answer.
     *
     * @param <A> the answer
     * @param request the call
     * @return completes with the answer or a {@link dev.pilot.api.error.PilotException}; cancelling it ends the call
     */
    public <A> CompletableFuture<A> later(Request<A> request) {
        CompletableFuture<A> result = new CompletableFuture<>();
        enqueue(request, json(request), 1, true, result);
        return result;
    }

    /**
     * Opens an answer that is read as it comes.
     *
     * @param request the call
     * @return the bytes; closing them ends the call
     */
    public InputStream stream(Request<byte[]> request) {
        boolean mayRenew = true;
        for (int attempt = 1; ; attempt++) {
            Call call = wire.newCall(request);
            Outcome<InputStream> outcome;
            try {
                Response response = call.execute();
                if (response.isSuccessful()) {
                    return response.body().byteStream();
                }
                outcome = Outcome.of(request, Wire.receive(response), nothing -> InputStream.nullInputStream());
            } catch (IOException e) {
                outcome = failed(request, e, call);
            }
            if (mayRenew && isRenewed(request, outcome, call)) {
                mayRenew = false;
                continue;
            }
            if (!mayGoOn(request, outcome, attempt)) {
                return outcome.get();
            }
            pause(delay(outcome, attempt));
        }
    }

    /**
     * Opens a stream of events, once; whoever reads it comes back by himself.
     *
     * @param request the call
     * @return the stream, not opened yet
     */
    public OpenStream events(Request<?> request) {
        return new OpenStream(() -> wire.newCall(request), call -> credential.renew(Wire.shown(call)));
    }

    /** Ends all calls that are under way and lets go of the connections. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            wire.close();
        }
    }

    /** Sends once more with another token what was refused for its token: that can't have happened. */
    private <T> Outcome<T> renewed(Request<?> request, Function<Received, T> read) {
        Call call = wire.newCall(request);
        Outcome<T> outcome = attempt(request, read, call);
        return isRenewed(request, outcome, call) ? attempt(request, read, wire.newCall(request)) : outcome;
    }

    private boolean isRenewed(Request<?> request, Outcome<?> outcome, Call call) {
        return outcome.error() instanceof Unauthenticated
                && request.stream() == null
                && credential.renew(Wire.shown(call));
    }

    private <T> Outcome<T> attempt(Request<?> request, Function<Received, T> read, Call call) {
        try {
            return Outcome.of(request, Wire.receive(call.execute()), read);
        } catch (IOException e) {
            return failed(request, e, call);
        }
    }

    private <T> void enqueue(
            Request<?> request,
            Function<Received, T> read,
            int attempt,
            boolean mayRenew,
            CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        Call call = wire.newCall(request);
        CompletableFuture<T> unused = result.whenComplete((value, error) -> {
            if (result.isCancelled()) {
                call.cancel();
            }
        });
        try {
            call.enqueue(new Callback() {
                @Override
                public void onResponse(Call answered, Response response) {
                    Outcome<T> outcome;
                    try {
                        outcome = Outcome.of(request, Wire.receive(response), read);
                    } catch (IOException e) {
                        outcome = failed(request, e, answered);
                    }
                    try {
                        if (mayRenew && isRenewed(request, outcome, answered)) {
                            enqueue(request, read, attempt, false, result);
                        } else {
                            settle(outcome);
                        }
                    } catch (PilotException notRenewed) {
                        result.completeExceptionally(notRenewed);
                    }
                }

                @Override
                public void onFailure(Call broken, IOException e) {
                    settle(failed(request, e, broken));
                }

                private void settle(Outcome<T> outcome) {
                    if (mayGoOn(request, outcome, attempt)) {
                        CompletableFuture.delayedExecutor(
                                        delay(outcome, attempt).toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                                .execute(() -> enqueue(request, read, attempt + 1, mayRenew, result));
                    } else if (outcome.error() != null) {
                        result.completeExceptionally(outcome.error());
                    } else {
                        result.complete(outcome.get());
                    }
                }
            });
        } catch (RuntimeException shutDown) {
            result.completeExceptionally(closedNow());
        }
    }

    private <T> Outcome<T> failed(Request<?> request, IOException failure, Call call) {
        if (closed.get() && !Wire.wasSent(call)) {
            return new Outcome<>(null, closedNow(), false, Duration.ZERO);
        }
        return Outcome.of(request, failure, Wire.wasSent(call));
    }

    /** What was read to be sent can't be sent again. */
    private boolean mayGoOn(Request<?> request, Outcome<?> outcome, int attempt) {
        return outcome.again() && request.stream() == null && attempt < attempts && !closed.get();
    }

    private static Duration delay(Outcome<?> outcome, int attempt) {
        Duration usual = Backoff.OF_CALLS.after(attempt);
        return outcome.pause().compareTo(usual) > 0 ? outcome.pause() : usual;
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(
                    "interrupted", "The thread was interrupted while it waited to reach the hub again.", e);
        }
    }

    private static Unavailable closedNow() {
        return new Unavailable("client-closed", "The client is closed: make a new one.", null);
    }

    private static <A> Function<Received, A> json(Request<A> request) {
        return received ->
                WireCodec.readLenient(received.body(), request.route().answer());
    }
}
