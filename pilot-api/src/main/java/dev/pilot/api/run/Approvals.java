package dev.pilot.api.run;

import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.GrantId;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

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
     * Waits for a decision.
     *
     * @param id the approval
     * @param atMost how long to wait; the hub may wait for less
     * @return completes with the approval as soon as it is decided or has expired, or as it is when the time is up
     */
    CompletionStage<Approval> await(ApprovalId id, Duration atMost);

    /**
     * The inbox: what waits for a decision, the riskiest first, then the oldest, with what a person needs to decide it.
     *
     * @param filter which; its status doesn't count
     * @param page which part of the list
     * @return a page of it
     */
    Page<InboxItem> inbox(ApprovalFilter filter, PageRequest page);

    /**
     * Decides, once: of several callers exactly one succeeds, and the effect is taken exactly once.
     *
     * @param id the approval
     * @param decision what is decided
     * @return the approval, decided and in effect
     * @throws dev.pilot.api.error.Conflict with code {@code already-decided} if somebody decided before, {@code payload-changed} if the
     *     decision is of another hash; it carries the approval
     * @throws dev.pilot.api.error.Forbidden with code {@code own-approval} if the caller asked for it and the hub wants two people
     */
    Approval decide(ApprovalId id, Decision decision);

    /**
     * Decides several, each by itself.
     *
     * @param decisions the decisions, 500 at most
     * @return for each, in order, the approval after it, or why it was refused
     */
    List<ItemResult<Approval>> decideAll(List<DecideApproval> decisions);

    /**
     * Lists the tools that were approved and may be used without asking again, the newest first.
     *
     * @param filter which
     * @param page which part of the list
     * @return a page of grants
     */
    Page<ToolGrant> grants(GrantFilter filter, PageRequest page);

    /**
     * Takes a grant back: the tool is asked for again.
     *
     * @param id the grant
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    void revoke(GrantId id);
}
