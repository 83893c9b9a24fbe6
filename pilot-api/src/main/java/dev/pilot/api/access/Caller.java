package dev.pilot.api.access;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import java.util.Set;

/**
 * Who is asking: part of every call, never ambient.
 *
 * @param name who, as it stands in events and decisions
 * @param scopes what they may do
 * @param proposes whether what they would change only becomes a proposal, which somebody else approves
 * @param approves whether they may decide approvals, where their scopes allow it
 * @param projects the projects that they are bound to: what belongs to others is not there for them; empty for all
 */
public record Caller(String name, Set<Scope> scopes, boolean proposes, boolean approves, Set<ProjectId> projects) {
    /** The program that embeds the hub: may do everything. */
    public static final Caller EMBEDDED = of("embedded", Scope.ADMIN);

    /**
     * Copies the sets.
     *
     * @throws InvalidInput if something is absent
     */
    public Caller {
        InvalidInput.required(name, "name");
        scopes = Set.copyOf(InvalidInput.required(scopes, "scopes"));
        projects = Set.copyOf(InvalidInput.required(projects, "projects"));
    }

    /**
     * Somebody who acts by himself, in all projects.
     *
     * @param name who
     * @param scope what they may do
     * @return the caller
     */
    public static Caller of(String name, Scope scope) {
        return new Caller(name, Set.of(scope), false, true, Set.of());
    }

    /**
     * The same, who may only propose changes.
     *
     * @return the caller
     */
    public Caller proposing() {
        return new Caller(name, scopes, true, approves, projects);
    }

    /**
     * The same, who may decide no approvals.
     *
     * @return the caller
     */
    public Caller withoutDecisions() {
        return new Caller(name, scopes, proposes, false, projects);
    }

    /**
     * The same, bound to some projects.
     *
     * @param only the projects
     * @return the caller
     * @throws InvalidInput if there are none: bound to nothing is not the same as bound to everything
     */
    public Caller in(Set<ProjectId> only) {
        if (only.isEmpty()) {
            throw InvalidInput.of("projects", "must name one at least: without any, a caller is bound to none");
        }
        return new Caller(name, scopes, proposes, approves, only);
    }

    /**
     * Whether a project is there for this caller.
     *
     * @param project the project
     * @return whether it is
     */
    public boolean sees(ProjectId project) {
        return projects.isEmpty() || projects.contains(project);
    }
}
