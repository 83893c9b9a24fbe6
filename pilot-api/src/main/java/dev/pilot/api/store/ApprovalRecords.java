package dev.pilot.api.store;

import dev.pilot.api.run.Approval;
import java.time.Instant;

/** Reads and writes approvals. */
public interface ApprovalRecords extends ApprovalReader {
    /**
     * Inserts one.
     *
     * @param approval the approval
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Approval approval);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param approval the approval with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(Approval approval, Instant expected);
}
