package dev.pilot.api.project;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which usage to add up, and by what.
 *
 * @param by what there is a row for each of; empty for one sum of all
 * @param from the first day, UTC, or null for the first there is
 * @param to the last day, or null for the last there is
 * @param project only this project's, or null
 * @param agent only this agent's, or null
 * @param model only this model's, or null
 * @param provider only this provider's, or null
 */
public record UsageQuery(
        List<UsageKey> by,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable ProjectId project,
        @Nullable AgentId agent,
        @Nullable String model,
        @Nullable String provider) {
    /** Fills in the defaults. */
    public UsageQuery {
        by = by == null ? List.of() : by.stream().distinct().toList();
    }

    /**
     * All usage there is.
     *
     * @param by what there is a row for each of
     * @return the query
     */
    public static UsageQuery of(UsageKey... by) {
        return new UsageQuery(List.of(by), null, null, null, null, null, null);
    }

    /**
     * The same of some days only.
     *
     * @param first the first day, or null
     * @param last the last day, or null
     * @return the query
     */
    public UsageQuery between(@Nullable LocalDate first, @Nullable LocalDate last) {
        return new UsageQuery(by, first, last, project, agent, model, provider);
    }
}
