package dev.pilot.api.run;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Which approvals to list; null for any.
 *
 * @param status only those that are this far
 * @param kind only those of this kind
 * @param runId only those of this run
 * @param projectId only those of this project
 */
public record ApprovalFilter(
        @Nullable ApprovalStatus status,
        @Nullable ApprovalKind kind,
        @Nullable RunId runId,
        @Nullable ProjectId projectId) {

    /** The inbox: all that wait for a decision. */
    public static final ApprovalFilter PENDING = new ApprovalFilter(ApprovalStatus.PENDING, null, null, null);
}
