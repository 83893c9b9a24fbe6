package dev.pilot.api.store;

import org.jspecify.annotations.Nullable;

/**
 * A record of the audit log, as the columns hold it: what somebody has tampered with must be readable, too, so nothing here is checked.
 *
 * @param sequence its place in the log
 * @param id its id
 * @param at when it was recorded, in microseconds since 1970
 * @param who the caller's name
 * @param kind what it is about
 * @param operation what was done
 * @param target the path or object
 * @param decision whether it was let happen
 * @param runId the run, or null
 * @param projectId the project, or null
 * @param reason why; may be empty
 * @param bytes how many bytes were read or written, or null
 * @param host the machine or address, or null
 * @param workerId the worker, or null
 * @param happenedAt when it happened by the sender's clock, in microseconds since 1970, or null
 * @param data for programs, as JSON
 * @param hash the hash of the record and of the hash before it
 */
public record AuditRow(
        long sequence,
        String id,
        long at,
        String who,
        String kind,
        String operation,
        String target,
        String decision,
        @Nullable String runId,
        @Nullable String projectId,
        String reason,
        @Nullable Long bytes,
        @Nullable String host,
        @Nullable String workerId,
        @Nullable Long happenedAt,
        String data,
        String hash) {
    /**
     * The same with another hash.
     *
     * @param chained the hash
     * @return the row
     */
    public AuditRow chained(String chained) {
        return at(sequence, chained);
    }

    /**
     * The same at another place.
     *
     * @param place its place in the log
     * @return the row
     */
    public AuditRow at(long place) {
        return at(place, hash);
    }

    private AuditRow at(long place, String with) {
        return new AuditRow(
                place,
                id,
                at,
                who,
                kind,
                operation,
                target,
                decision,
                runId,
                projectId,
                reason,
                bytes,
                host,
                workerId,
                happenedAt,
                data,
                with);
    }
}
