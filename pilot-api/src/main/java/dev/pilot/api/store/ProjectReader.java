package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.ProjectStats;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.Optional;

/** Reads projects. */
public interface ProjectReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the project, if there is one
     */
    Optional<Project> find(ProjectId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the project
     * @throws NotFound if there is none
     */
    default Project get(ProjectId id) {
        return find(id).orElseThrow(() -> new NotFound("project", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Project> list(ProjectFilter filter, PageRequest page);

    /**
     * The largest position in the manual order.
     *
     * @return the position, 0 if there are none
     */
    long lastPosition();

    /**
     * All ids in manual order.
     *
     * @return the ids
     */
    List<ProjectId> order();

    /**
     * Counts over all projects and runs.
     *
     * @return the counts
     */
    ProjectStats stats();
}
