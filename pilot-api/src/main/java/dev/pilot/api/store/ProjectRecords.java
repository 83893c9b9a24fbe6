package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import java.time.Instant;
import java.util.List;

/** Reads and writes projects. */
public interface ProjectRecords extends ProjectReader {
    /**
     * Inserts one.
     *
     * @param project the project
     * @throws dev.pilot.api.error.AlreadyExists if the id is taken
     */
    void create(Project project);

    /**
     * Replaces one, if it still has the expected version; compared by the statement itself.
     *
     * @param project the project with its new version
     * @param expected the version that was read
     * @throws StaleWrite if it has another version, or is gone
     */
    void update(Project project, Instant expected);

    /**
     * Deletes one, if it is there.
     *
     * @param id its id
     */
    void delete(ProjectId id);

    /**
     * Sets the manual order; no version changes.
     *
     * @param ids all ids in their new order
     */
    void order(List<ProjectId> ids);
}
