package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import java.time.Instant;
import java.util.List;

/** Reads and writes runs. */
public interface RunRecords extends RunReader {
    /**
     * Inserts one.
     *
     * @param run the run
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    default void create(Run run) {
        create(List.of(run));
    }

    /**
     * Inserts some: all or none.
     *
     * @param runs the runs
     * @throws dev.pilot.api.error.AlreadyExists if an id is taken
     */
    void create(List<Run> runs);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param run the run with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    default void update(Run run, Instant expected) {
        update(List.of(new RunChange(run, expected)));
    }

    /**
     * Replaces some, each if it still has the expected version: all or none.
     *
     * @param changes the runs, each once
     * @throws StaleWrite if one has another version, or is gone
     */
    void update(List<RunChange> changes);

    /**
     * Inserts attempts.
     *
     * @param attempts the attempts
     */
    void createAttempts(List<Attempt> attempts);

    /**
     * Replaces attempts.
     *
     * @param attempts the attempts
     */
    void updateAttempts(List<Attempt> attempts);

    /**
     * Moves the expiry of leases that are still held; no version changes.
     *
     * @param leases run, attempt and worker of each
     * @param until their new expiry
     * @return for each lease, whether it is held
     */
    List<Boolean> renew(List<Lease> leases, Instant until);

    /**
     * Takes a task off its runs; no version changes.
     *
     * @param taskId the task
     */
    void detach(TaskId taskId);

    /**
     * Deletes a project's runs with their attempts, approvals and artifact records.
     *
     * @param projectId the project
     * @return the runs that were deleted
     */
    List<RunId> deleteOf(ProjectId projectId);
}
