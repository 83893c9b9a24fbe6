package dev.pilot.client.call;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.PilotException;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** An answer of the hub, read whole. */
public final class Received {
    private static final String JUDGED_BY_STATUS = "";
    private static final long MOST_SECONDS = 86_400;

    private final int status;
    private final Headers headers;
    private final byte[] body;

    Received(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Whether this very call created what the answer shows.
     *
     * @return true for a 201
     */
    public boolean isNew() {
        return status == 201;
    }

    /**
     * The body as it came.
     *
     * @return the bytes
     */
    public byte[] body() {
        return body;
    }

    /**
     * A header that is a whole number.
     *
     * @param name its name
     * @return the number
     * @throws InvalidInput if it is absent or something else
     */
    public long number(String name) {
        String text = headers.get(name);
        try {
            return Long.parseLong(Objects.requireNonNullElse(text, ""));
        } catch (NumberFormatException e) {
            throw InvalidInput.of(name, "must be a whole number");
        }
    }

    boolean isProblem() {
        return String.valueOf(headers.get("Content-Type")).startsWith(ErrorBody.MEDIA_TYPE);
    }

    int status() {
        return status;
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** How long the hub asks to wait. */
    Duration retryAfter() {
        return retryAfter(headers.get("Retry-After"));
    }

    static Duration retryAfter(@Nullable String seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        try {
            return Duration.ofSeconds(Math.max(0, Math.min(MOST_SECONDS, Long.parseLong(seconds.strip()))));
        } catch (NumberFormatException date) {
            return Duration.ZERO; // a date, as proxies may send: the usual back-off does
        }
    }

    /** Why the hub refused. What is no problem details of Pilot's own, as from a proxy, is judged by its status. */
    PilotException error() {
        if (isProblem()) {
            try {
                return WireCodec.readLenient(body, ErrorBody.class).toException();
            } catch (InvalidInput notOurs) {
                return unknown();
            }
        }
        return unknown();
    }

    @SuppressWarnings("NullAway") // javac 17 does not see that a nested type in another jar is @Nullable
    private PilotException unknown() {
        String code = "http-" + status;
        String detail = "The server answered with status " + status
                + " and no explanation of Pilot's own: is this the hub's address?";
        return new ErrorBody(
                        ErrorBody.TYPE + code,
                        "",
                        status,
                        detail,
                        code,
                        JUDGED_BY_STATUS,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                .toException();
    }
}
