package dev.pilot.api.store;

import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import java.time.Instant;

/** Reads and writes tasks. */
public interface TaskRecords extends TaskReader {
    /**
     * Inserts one.
     *
     * @param task the task
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Task task);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param task the task with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(Task task, Instant expected);

    /**
     * Deletes one, if it is there.
     *
     * @param id its id
     */
    void delete(TaskId id);
}
