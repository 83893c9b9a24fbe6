package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads approvals. */
public interface ApprovalReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the approval, if there is one
     */
    Optional<Approval> find(ApprovalId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the approval
     * @throws NotFound if there is none
     */
    default Approval get(ApprovalId id) {
        return find(id).orElseThrow(() -> new NotFound("approval", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Approval> list(ApprovalFilter filter, PageRequest page);

    /**
     * The pending approval of a kind that a run waits for.
     *
     * @param runId the run
     * @param kind the kind
     * @return the approval, if there is one
     */
    Optional<Approval> pendingOf(RunId runId, ApprovalKind kind);

    /**
     * All pending approvals of a run.
     *
     * @param runId the run
     * @return the approvals
     */
    List<Approval> pendingOf(RunId runId);

    /**
     * The latest approval by which a run asked for the very same.
     *
     * @param runId the run
     * @param hash the approval's hash
     * @return the approval, if there is one
     */
    Optional<Approval> asked(RunId runId, String hash);

    /**
     * Pending approvals whose time is up, the most overdue first.
     *
     * @param now the time
     * @param limit how many at most
     * @return the approvals
     */
    List<Approval> overdue(Instant now, int limit);

    /**
     * Approvals that are decided but whose effect has not been taken, oldest first.
     *
     * @param limit how many at most
     * @return the approvals
     */
    List<Approval> withoutEffect(int limit);
}
