package dev.pilot.api.project;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use-cases of projects. */
public interface Projects {
    /**
     * Creates a project, or finds the one that the same command made before.
     *
     * @param command the project
     * @return the project, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong
     * @throws dev.pilot.api.error.AlreadyExists if the id or key was used with other content
     */
    Created<Project> createOrFind(CreateProject command);

    /**
     * Creates a project, or finds the one that the same command made before.
     *
     * @param command the project
     * @return the project
     */
    default Project create(CreateProject command) {
        return createOrFind(command).value();
    }

    /**
     * Gets a project.
     *
     * @param id its id
     * @return the project
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Project get(ProjectId id);

    /**
     * Lists projects in their manual order.
     *
     * @param filter which
     * @param page which part of the list
     * @return a page of projects
     */
    Page<Project> list(ProjectFilter filter, PageRequest page);

    /**
     * Changes some fields. Of several callers with the same {@code ifUpdatedAt}, exactly one succeeds.
     *
     * @param id its id
     * @param patch what to change
     * @return the project now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the project
     */
    Project update(ProjectId id, UpdateProject patch);

    /**
     * Replaces all fields that a create sets.
     *
     * @param id its id
     * @param command the fields; its id and key are ignored
     * @param ifUpdatedAt the version that the caller read, or null for whatever it is
     * @return the project now
     * @throws dev.pilot.api.error.Conflict if {@code ifUpdatedAt} is stale; it carries the project
     */
    Project replace(ProjectId id, CreateProject command, @Nullable Instant ifUpdatedAt);

    /**
     * Deletes a project with its tasks and finished runs. Its events stay.
     *
     * @param id its id
     * @throws dev.pilot.api.error.NotAllowed if it has runs that are not over
     */
    void delete(ProjectId id);

    /**
     * Puts projects into a manual order. Those not named keep their order behind those named. It doesn't change their version.
     *
     * @param ids the order; each at most once
     * @return one answer per id
     */
    List<ItemResult<ProjectId>> reorder(List<ProjectId> ids);

    /**
     * Changes several projects, each by itself.
     *
     * @param edits the changes, in order; at most 500
     * @return one answer per change
     */
    List<ItemResult<Project>> batch(List<ProjectEdit> edits);

    /**
     * Applies semantic actions, each by itself and in order. The same action id twice is one action.
     *
     * @param actions the actions; at most 500
     * @return one answer per action
     */
    List<ItemResult<ActionOutcome>> apply(List<ApplyAction> actions);

    /**
     * Counts over all projects.
     *
     * @return the counts
     */
    ProjectStats stats();

    /**
     * Adds up what runs used, those that were deleted included.
     *
     * @param query which usage, and by what
     * @return the rows, in order of their keys: day, project, agent, model, provider
     * @throws dev.pilot.api.error.InvalidInput if there would be more than 10,000 rows
     */
    List<UsageRow> usage(UsageQuery query);
}
