package dev.pilot.http;

import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.wire.ErrorBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that maps what went wrong to what the caller is told. Threads may share it. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /**
     * What the caller is told.
     *
     * @param body the body, with the status
     * @param headers further headers
     */
    record Problem(ErrorBody body, Map<String, String> headers) {}

    /**
     * What to say.
     *
     * @param further headers that the route adds
     */
    static Problem of(Throwable thrown, Map<String, String> further, boolean conditional, String requestId) {
        Problem problem = of(thrown, conditional, requestId);
        if (further.isEmpty()) {
            return problem;
        }
        Map<String, String> headers = new HashMap<>(problem.headers());
        headers.putAll(further);
        return new Problem(problem.body(), headers);
    }

    private static Problem of(Throwable thrown, boolean conditional, String requestId) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Refusal refusal) {
            return new Problem(refusal.body(), refusal.headers());
        } else if (cause instanceof PilotException known) {
            ErrorBody body = ErrorBody.of(known, status(known, conditional));
            return new Problem(body, headers(known.kind(), body.retryAfter()));
        } else if (cause instanceof HttpException http) {
            return new Problem(ofStatus(http.getCode()), Map.of());
        } else if (cause instanceof TimeoutException) {
            return new Problem(ofStatus(408), Map.of("Connection", "close"));
        } else if (cause instanceof IOException) {
            // The caller's side of the connection; the hub's own failures of this kind come as Unavailable.
            return new Problem(ofStatus(cause.getCause() instanceof TimeoutException ? 408 : 400), Map.of());
        }
        LOG.error("request {} failed unexpectedly", requestId, cause);
        return new Problem(
                ErrorBody.plain(
                        500,
                        ErrorKind.UNAVAILABLE,
                        "internal-error",
                        "Something went wrong inside the hub; its log tells more under " + requestId + ".",
                        requestId),
                Map.of());
    }

    /** What the server itself found wrong before there was a call. */
    static ErrorBody ofStatus(int status) {
        return switch (status) {
            case 408 -> plain(status, "timeout", "The request did not come in time.");
            case 413 -> plain(status, "body-too-large", "The body is too long.");
            case 414 -> plain(status, "path-too-long", "The path is too long.");
            case 431 -> plain(status, "headers-too-large", "The request's headers are too long.");
            case 503 ->
                ErrorBody.plain(status, ErrorKind.UNAVAILABLE, "stopping", "The server stops: connect again.", null);
            default ->
                status >= 500
                        ? ErrorBody.plain(
                                status,
                                ErrorKind.UNAVAILABLE,
                                "internal-error",
                                "The request could not be served.",
                                null)
                        : plain(status, "bad-request", "The request is not valid HTTP, or its path is ambiguous.");
        };
    }

    private static ErrorBody plain(int status, String code, String detail) {
        return ErrorBody.plain(status, ErrorKind.INVALID, code, detail, null);
    }

    private static int status(PilotException known, boolean conditional) {
        boolean stale = conditional && known instanceof Conflict && known.code().equals("conflict");
        return stale ? 412 : ErrorBody.status(known.kind());
    }

    private static Map<String, String> headers(ErrorKind kind, @Nullable Long retryAfter) {
        return switch (kind) {
            case UNAUTHENTICATED -> Map.of("WWW-Authenticate", "Bearer realm=\"pilot\"");
            case OVER_LIMIT -> retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter.toString());
            case UNAVAILABLE -> Map.of("Retry-After", "1");
            case INVALID, NOT_FOUND, ALREADY_EXISTS, CONFLICT, NOT_ALLOWED, FORBIDDEN, LEASE_LOST, OUTCOME_UNKNOWN ->
                Map.of();
        };
    }
}
