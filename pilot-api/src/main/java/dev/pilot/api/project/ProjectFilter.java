package dev.pilot.api.project;

import org.jspecify.annotations.Nullable;

/**
 * Which projects to list; null for any.
 *
 * @param status only those that are this far
 * @param priority only those this pressing
 * @param category only those of this category
 * @param tag only those with this tag
 */
public record ProjectFilter(
        @Nullable ProjectStatus status,
        @Nullable Priority priority,
        @Nullable String category,
        @Nullable String tag) {

    /** Every project. */
    public static final ProjectFilter ALL = new ProjectFilter(null, null, null, null);
}
