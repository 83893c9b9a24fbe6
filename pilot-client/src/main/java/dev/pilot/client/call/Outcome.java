package dev.pilot.client.call;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending a request once: the one place that judges whether it happened, and whether it may be sent again.
 *
 * @param <T> what the answer is read as
 * @param value the answer, or null if there is an error
 * @param error why there is none, or null
 * @param again whether sending it again is safe and may help
 * @param pause how long the hub asks to wait before that
 */
record Outcome<T>(@Nullable T value, @Nullable PilotException error, boolean again, Duration pause) {
    /** What a hub asks to wait beyond this is said to the caller instead. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    T get() {
        if (error != null) {
            throw error;
        }
        return Objects.requireNonNull(value, "neither answer nor error");
    }

    static <T> Outcome<T> of(Request<?> request, Received received, Function<Received, T> read) {
        if (request.isAnsweredBy(received.status()) && !received.isProblem()) {
            try {
                return new Outcome<>(read.apply(received), null, false, Duration.ZERO);
            } catch (InvalidInput unreadable) {
                return unreadable(request, unreadable);
            }
        }
        PilotException error = received.error();
        Duration pause = received.retryAfter();
        boolean passing = error.kind() == ErrorKind.UNAVAILABLE
                || error.kind() == ErrorKind.OUTCOME_UNKNOWN
                || error.kind() == ErrorKind.OVER_LIMIT && !pause.isZero();
        // What the door turns away because it is too busy has not been looked at: nothing can have happened.
        boolean turnedAway = received.status() == 429 && error.kind() == ErrorKind.UNAVAILABLE;
        boolean safe = turnedAway || passing && request.isRepeatable();
        return failed(error, safe && pause.compareTo(LONGEST_PAUSE) <= 0, pause);
    }

    /** The connection failed. Unless the request was under way, nothing can have happened. */
    static <T> Outcome<T> of(Request<?> request, IOException failure, boolean sent) {
        if (!sent) {
            boolean known = failure instanceof ConnectException || failure instanceof UnknownHostException;
            String reason = known ? String.valueOf(failure.getMessage()) : failure.toString();
            return failed(
                    new Unavailable(
                            "hub-unreachable",
                            "The hub can't be reached: " + reason + ". Is it running, at this address?",
                            failure),
                    true,
                    Duration.ZERO);
        }
        if (request.isRepeatable()) {
            return failed(
                    new Unavailable(
                            "connection-lost",
                            "The connection to the hub broke before it answered " + request + ".",
                            failure),
                    true,
                    Duration.ZERO);
        }
        return failed(
                new OutcomeUnknown(
                        "The answer to " + request
                                + " was lost on the way: look whether it happened before sending it again.",
                        failure),
                false,
                Duration.ZERO);
    }

    private static <T> Outcome<T> unreadable(Request<?> request, InvalidInput cause) {
        if (request.isRepeatable()) {
            return failed(
                    new Unavailable(
                            "bad-answer",
                            "What answered " + request + " is no hub, or one that this client is too old for: "
                                    + cause.getMessage(),
                            cause),
                    false,
                    Duration.ZERO);
        }
        return failed(
                new OutcomeUnknown("The answer to " + request + " can't be read: " + cause.getMessage(), cause),
                false,
                Duration.ZERO);
    }

    private static <T> Outcome<T> failed(PilotException error, boolean again, Duration pause) {
        return new Outcome<>(null, error, again, pause);
    }
}
