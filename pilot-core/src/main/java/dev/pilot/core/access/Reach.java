package dev.pilot.core.access;

import dev.pilot.api.access.Caller;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.store.StoreView;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far a caller sees.
 *
 * @param projects the projects that it is bound to; empty for all
 */
public record Reach(Set<ProjectId> projects) {
    /** Everything. */
    public static final Reach ALL = new Reach(Set.of());

    /** Copies the set. */
    public Reach {
        projects = Set.copyOf(projects);
    }

    /**
     * A caller's.
     *
     * @param caller who asks
     * @return how far it sees
     */
    public static Reach of(Caller caller) {
        return caller.projects().isEmpty() ? ALL : new Reach(caller.projects());
    }

    /**
     * Whether it ends anywhere.
     *
     * @return whether the caller is bound to projects
     */
    public boolean isBound() {
        return !projects.isEmpty();
    }

    /**
     * Whether what belongs to a project is there.
     *
     * @param project the project, or null for what belongs to none
     * @return whether it is
     */
    public boolean has(@Nullable ProjectId project) {
        return projects.isEmpty() || project != null && projects.contains(project);
    }

    /**
     * What a view of the store shows the caller. In a unit of work, whatever the caller names is looked for here; what follows from it
     * is done with the unit itself.
     *
     * @param view what there is
     * @return what there is for the caller
     */
    public StoreView in(StoreView view) {
        return projects.isEmpty() ? view : view.within(projects);
    }

    /**
     * What a create finds under the name it was given. Where both that and what is asked for are out of reach, the answer is the one
     * that there would be if neither were there.
     *
     * @param <T> what is created
     * @param found what there is
     * @param projectOf its project
     * @param wanted the project that is asked for
     * @return what there is
     * @throws InvalidInput if both are out of reach
     */
    public <T> Optional<T> found(Optional<T> found, Function<T, ProjectId> projectOf, ProjectId wanted) {
        if (found.isPresent() && !has(wanted) && !has(projectOf.apply(found.get()))) {
            throw InvalidInput.of("projectId", "there is no project " + wanted);
        }
        return found;
    }

    /**
     * Refuses a project that is out of reach as if it were not there.
     *
     * @param project the project
     * @throws NotFound if it is out of reach
     */
    public void require(ProjectId project) {
        if (!has(project)) {
            throw new NotFound("project", project.value());
        }
    }
}
