package dev.pilot.store.jdbi;

import dev.pilot.api.id.Id;
import dev.pilot.api.id.ProjectId;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The projects that a view is bound to.
 *
 * @param projects their ids; null for all
 */
public record Bounds(@Nullable List<String> projects) {
    /** All projects. */
    public static final Bounds NONE = new Bounds(null);

    private static final String LIST = "within";

    /**
     * Some projects.
     *
     * @param projects the projects
     * @return the bounds
     */
    public static Bounds of(Collection<ProjectId> projects) {
        return new Bounds(projects.stream().map(Id::value).sorted().toList());
    }

    /**
     * What is left of them where only one project is asked for.
     *
     * @param project the project, or null for all
     * @return the bounds; of no project at all if it is outside
     */
    public Bounds only(@Nullable ProjectId project) {
        if (project == null) {
            return this;
        }
        return has(project) ? of(List.of(project)) : new Bounds(List.of());
    }

    /**
     * Whether what belongs to a project is there.
     *
     * @param project the project, or null for what belongs to none
     * @return whether it is
     */
    public boolean has(@Nullable ProjectId project) {
        return projects == null || project != null && projects.contains(project.value());
    }

    /**
     * Whether they leave anything out.
     *
     * @return whether they do
     */
    public boolean narrow() {
        return projects != null;
    }

    /**
     * A condition for a statement written by hand; {@link #bind} gives it its values.
     *
     * @param column the column that holds the project's id
     * @return the condition behind its {@code where}; nothing for all projects
     */
    public String where(String column) {
        return projects == null ? "" : " where " + in(column);
    }

    /**
     * The same behind other conditions.
     *
     * @param column the column that holds the project's id
     * @return the condition behind an {@code and}; nothing for all projects
     */
    public String and(String column) {
        return projects == null ? "" : " and " + in(column);
    }

    private static String in(String column) {
        return column + " in (<" + LIST + ">)";
    }

    /**
     * Gives a statement the values of its condition.
     *
     * @param query the statement
     * @return the same
     */
    public Query bind(Query query) {
        return projects == null ? query : query.bindList(LIST, dev.pilot.store.jdbi.Query.evened(projects));
    }
}
