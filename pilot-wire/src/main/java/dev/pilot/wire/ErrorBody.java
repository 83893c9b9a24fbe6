package dev.pilot.wire;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.User;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Run;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PilotException} as problem details (RFC 9457, {@value #MEDIA_TYPE}). Both ways are total: every exception has a body,
 * and every body is an exception, equal to the first in kind, code, message and fields.
 *
 * @param type a name for the kind of problem: {@value #TYPE} and the code
 * @param title the kind of problem for people
 * @param status the HTTP status
 * @param detail what happened and what would mend it
 * @param code the exception's stable code
 * @param kind the exception's kind; an unknown one is judged by the status
 * @param fields what is wrong with which field
 * @param entity the kind of entity that it is about, or null
 * @param id that entity's id, or null
 * @param currentUpdatedAt that entity's version now, or null
 * @param current that entity now, or null
 * @param runId the run whose lease was lost, or null
 * @param attempt the attempt that the worker named, or null
 * @param currentAttempt the run's attempt now, or null
 * @param retryAfter after how many seconds to try again, or null
 * @param errorId names this very failure in the hub's log, or null
 */
public record ErrorBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String kind,
        List<FieldError> fields,
        @Nullable String entity,
        @Nullable String id,
        @Nullable Instant currentUpdatedAt,
        Json.@Nullable Obj current,
        @Nullable String runId,
        @Nullable Integer attempt,
        @Nullable Integer currentAttempt,
        @Nullable Long retryAfter,
        @Nullable String errorId) {
    /** The media type of such a body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** What {@link #type} starts with. */
    public static final String TYPE = "urn:pilot:error:";

    private static final Map<String, Class<? extends Record>> ENTITIES = Map.of(
            "project", Project.class,
            "task", Task.class,
            "agent", Agent.class,
            "run", Run.class,
            "approval", Approval.class,
            "repo", Repo.class,
            "user", User.class);

    /** Fills in what another server may have left out. */
    public ErrorBody {
        status = status == 0 ? 500 : status;
        title = title == null ? "Error" : title;
        detail = detail == null ? title : detail;
        kind = kind == null ? kindOf(status).wire() : kind;
        code = code == null ? kind : code;
        type = type == null ? TYPE + code : type;
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /**
     * The body of an exception.
     *
     * @param error the exception
     * @return the body
     */
    public static ErrorBody of(PilotException error) {
        return of(error, status(error.kind()));
    }

    /**
     * The body of an exception under another status than its own.
     *
     * @param error the exception
     * @param status the HTTP status
     * @return the body
     */
    public static ErrorBody of(PilotException error, int status) {
        ErrorBody plain = plain(status, error.kind(), error.code(), error.getMessage(), null);
        return switch (error.kind()) {
            case INVALID -> plain.withFields(((InvalidInput) error).fields());
            case NOT_FOUND -> plain.about(((NotFound) error).entity(), ((NotFound) error).id(), null, null);
            case ALREADY_EXISTS ->
                plain.about(((AlreadyExists) error).entity(), ((AlreadyExists) error).id(), null, null);
            case CONFLICT -> {
                Conflict conflict = (Conflict) error;
                yield plain.about(
                        conflict.entity(), conflict.id(), conflict.currentUpdatedAt(), asJson(conflict.current()));
            }
            case LEASE_LOST -> plain.lost((LeaseLost) error);
            case OVER_LIMIT ->
                ((OverLimit) error).retryAfter().map(plain::passing).orElse(plain);
            case NOT_ALLOWED, FORBIDDEN, UNAUTHENTICATED, UNAVAILABLE, OUTCOME_UNKNOWN -> plain;
        };
    }

    /**
     * A body that holds nothing but the usual fields.
     *
     * @param status the HTTP status
     * @param kind the exception that a client makes of it
     * @param code the stable code
     * @param detail what happened and what would mend it
     * @param errorId names this very failure in the log, or null
     * @return the body
     */
    public static ErrorBody plain(int status, ErrorKind kind, String code, String detail, @Nullable String errorId) {
        return new ErrorBody(
                TYPE + code,
                title(kind),
                status,
                detail,
                code,
                kind.wire(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                errorId);
    }

    /**
     * The HTTP status of a kind of exception.
     *
     * @param kind the kind
     * @return the status
     */
    public static int status(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, CONFLICT, NOT_ALLOWED, LEASE_LOST -> 409;
            case OVER_LIMIT -> 429;
            case UNAVAILABLE -> 503;
            case OUTCOME_UNKNOWN -> 504;
        };
    }

    /**
     * The exception that this is the body of.
     *
     * @return the exception, to be thrown
     */
    public PilotException toException() {
        return switch (kindNamed()) {
            case INVALID -> new InvalidInput(code, detail, fields);
            case NOT_FOUND -> new NotFound(orUnknown(entity), orUnknown(id));
            case ALREADY_EXISTS -> new AlreadyExists(orUnknown(entity), orUnknown(id), detail);
            case CONFLICT ->
                new Conflict(code, detail, orUnknown(entity), orUnknown(id), currentUpdatedAt, currentEntity());
            case NOT_ALLOWED -> new NotAllowed(code, detail);
            case FORBIDDEN -> new Forbidden(code, detail);
            case UNAUTHENTICATED -> new Unauthenticated(detail);
            case LEASE_LOST ->
                new LeaseLost(
                        orUnknown(runId),
                        attempt == null ? 0 : attempt,
                        currentAttempt == null ? 0 : currentAttempt,
                        detail);
            case OVER_LIMIT ->
                new OverLimit(code, detail, retryAfter == null ? null : Duration.ofSeconds(Math.max(0, retryAfter)));
            case UNAVAILABLE -> new Unavailable(code, detail, null);
            case OUTCOME_UNKNOWN -> new OutcomeUnknown(detail, null);
        };
    }

    private ErrorKind kindNamed() {
        for (ErrorKind candidate : ErrorKind.values()) {
            if (candidate.wire().equals(kind)) {
                return candidate;
            }
        }
        return kindOf(status);
    }

    /** What a status means where nothing else says it: for bodies that are not Pilot's own. */
    private static ErrorKind kindOf(int status) {
        return switch (status) {
            case 401, 407 -> ErrorKind.UNAUTHENTICATED;
            case 403 -> ErrorKind.FORBIDDEN;
            case 404, 410 -> ErrorKind.NOT_FOUND;
            case 409 -> ErrorKind.NOT_ALLOWED;
            case 412 -> ErrorKind.CONFLICT;
            case 429 -> ErrorKind.OVER_LIMIT;
            case 504 -> ErrorKind.OUTCOME_UNKNOWN;
            default -> status >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.INVALID;
        };
    }

    private static String title(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> "The request is wrong";
            case NOT_FOUND -> "There is no such thing";
            case ALREADY_EXISTS -> "It exists already";
            case CONFLICT -> "It has changed";
            case NOT_ALLOWED -> "Not in this state";
            case FORBIDDEN -> "Not with these rights";
            case UNAUTHENTICATED -> "Who is asking?";
            case LEASE_LOST -> "The lease is lost";
            case OVER_LIMIT -> "A limit is reached";
            case UNAVAILABLE -> "Something is away";
            case OUTCOME_UNKNOWN -> "Whether it happened isn't known";
        };
    }

    private static Json.@Nullable Obj asJson(@Nullable Record current) {
        return current == null ? null : (Json.Obj) WireCodec.toJson(current);
    }

    private @Nullable Record currentEntity() {
        Class<? extends Record> as = entity == null ? null : ENTITIES.get(entity);
        if (current == null || as == null) {
            return null;
        }
        try {
            return WireCodec.readLenient(current.toString(), as);
        } catch (InvalidInput e) {
            // A newer server's entity; the conflict itself matters more than what it carries.
            return null;
        }
    }

    private static String orUnknown(@Nullable String text) {
        return text == null ? "unknown" : text;
    }

    private ErrorBody withFields(List<FieldError> wrong) {
        return new ErrorBody(
                type, title, status, detail, code, kind, wrong, null, null, null, null, null, null, null, null,
                errorId);
    }

    private ErrorBody about(String thing, String thingId, @Nullable Instant version, Json.@Nullable Obj now) {
        return new ErrorBody(
                type,
                title,
                status,
                detail,
                code,
                kind,
                fields,
                requireNonNull(thing),
                requireNonNull(thingId),
                version,
                now,
                null,
                null,
                null,
                null,
                errorId);
    }

    private ErrorBody lost(LeaseLost lost) {
        return new ErrorBody(
                type,
                title,
                status,
                detail,
                code,
                kind,
                fields,
                null,
                null,
                null,
                null,
                lost.runId(),
                lost.attempt(),
                lost.currentAttempt(),
                null,
                errorId);
    }

    private ErrorBody passing(Duration after) {
        return new ErrorBody(
                type,
                title,
                status,
                detail,
                code,
                kind,
                fields,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                after.plusMillis(999).toSeconds(),
                errorId);
    }
}
