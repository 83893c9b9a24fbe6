package dev.pilot.api.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;

/** The use-cases of approvals. */
public interface Approvals {
    /**
     * Lists approvals, the riskiest first, then the oldest.
     *
     * @param filter which; {@link ApprovalFilter#PENDING} is the inbox
     * @param page which part of the list
     * @return a page of approvals
     */
    Page<Approval> list(ApprovalFilter filter, PageRequest page);

    /**
     * Gets an approval.
     *
     * @param id its id
     * @return the approval
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Approval get(ApprovalId id);

    /**
     * Decides, once: of several callers exactly one succeeds, and the effect is taken exactly once.
     *
     * @param id the approval
     * @param decision what is decided
     * @return the approval, decided and in effect
     * @throws dev.pilot.api.error.Conflict with code {@code already-decided} if somebody decided before; it carries the approval
     */
    Approval decide(ApprovalId id, Decision decision);
}
