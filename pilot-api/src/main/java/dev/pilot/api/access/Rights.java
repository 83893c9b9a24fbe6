package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import java.util.Set;

/**
 * What a user or a token may do.
 *
 * @param scopes what they may do as a whole; one at least
 * @param proposes whether what they would change only becomes a proposal, which somebody else approves
 * @param approves whether they may decide approvals, where their scopes allow it; true unless said
 * @param projects the projects that they are bound to; empty for all
 */
public record Rights(Set<Scope> scopes, boolean proposes, Boolean approves, Set<ProjectId> projects) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if the scopes are absent
     */
    public Rights {
        scopes = Set.copyOf(InvalidInput.required(scopes, "scopes"));
        approves = approves == null ? Boolean.TRUE : approves;
        projects = projects == null ? Set.of() : Set.copyOf(projects);
    }

    /**
     * Of somebody who acts by himself, in all projects.
     *
     * @param scopes what they may do
     * @return the rights
     */
    public static Rights of(Scope... scopes) {
        return new Rights(Set.of(scopes), false, true, Set.of());
    }

    /**
     * Those of a caller.
     *
     * @param caller the caller
     * @return the rights
     */
    public static Rights of(Caller caller) {
        return new Rights(caller.scopes(), caller.proposes(), caller.approves(), caller.projects());
    }

    /**
     * The same, but what would be changed is only proposed.
     *
     * @return the rights
     */
    public Rights proposing() {
        return new Rights(scopes, true, approves, projects);
    }

    /**
     * The same, without deciding approvals.
     *
     * @return the rights
     */
    public Rights withoutDecisions() {
        return new Rights(scopes, proposes, false, projects);
    }

    /**
     * The same, bound to some projects.
     *
     * @param only the projects
     * @return the rights
     * @throws InvalidInput if there are none: bound to nothing is not the same as bound to everything
     */
    public Rights in(Set<ProjectId> only) {
        if (only.isEmpty()) {
            throw InvalidInput.of("projects", "must name one at least: without any, rights are bound to none");
        }
        return new Rights(scopes, proposes, approves, only);
    }

    /**
     * Somebody who has them.
     *
     * @param name who, as it stands in events and decisions
     * @return the caller
     */
    public Caller caller(String name) {
        return new Caller(name, scopes, proposes, approves, projects);
    }

    /**
     * Whether whoever has these may give others to somebody: nobody gives more than he has.
     *
     * @param others the others
     * @return true if they are nowhere more than these
     */
    public boolean cover(Rights others) {
        return (scopes.contains(Scope.ADMIN) || scopes.containsAll(others.scopes))
                && (!proposes || others.proposes)
                && (approves || !others.approves)
                && (projects.isEmpty() || !others.projects.isEmpty() && projects.containsAll(others.projects));
    }
}
