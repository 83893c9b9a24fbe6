package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.value.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision on record: who did what to what, and was it let happen. It never changes. Where somebody has changed it in the database so that
 * it can't even be read, it is shown all the same: with the kind and operation {@code other}, a reason that says so, and what the columns hold
 * in {@code data.unreadable}.
 *
 * @param sequence its place in the log, which has no gaps: the first record ever is 1
 * @param id its id
 * @param at when the hub recorded it; never earlier than the record before
 * @param who the caller's name; the hub's own acts are those of {@code hub}
 * @param kind what it is about
 * @param operation what was done, or was to be
 * @param target the path or object
 * @param decision whether it was let happen
 * @param runId the run it belongs to, or null
 * @param projectId the project it belongs to, or null
 * @param reason why, for people; empty where there is nothing to say
 * @param bytes how many bytes were read or written, or null
 * @param host the machine or address, or null
 * @param workerId the worker, or null
 * @param happenedAt when it happened by the sender's clock, or null
 * @param data for programs
 * @param hash the SHA-256 of the record and of the hash before it, in hexadecimal
 */
public record AuditEvent(
        long sequence,
        AuditId id,
        Instant at,
        String who,
        AuditKind kind,
        AuditOperation operation,
        String target,
        AuditDecision decision,
        @Nullable RunId runId,
        @Nullable ProjectId projectId,
        String reason,
        @Nullable Long bytes,
        @Nullable String host,
        @Nullable WorkerId workerId,
        @Nullable Instant happenedAt,
        Json.Obj data,
        String hash) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public AuditEvent {
        InvalidInput.required(id, "id");
        InvalidInput.required(at, "at");
        InvalidInput.required(who, "who");
        InvalidInput.required(kind, "kind");
        InvalidInput.required(operation, "operation");
        InvalidInput.required(target, "target");
        InvalidInput.required(decision, "decision");
        InvalidInput.required(reason, "reason");
        InvalidInput.required(data, "data");
        InvalidInput.required(hash, "hash");
    }
}
