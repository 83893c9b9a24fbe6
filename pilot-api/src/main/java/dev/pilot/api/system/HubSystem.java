package dev.pilot.api.system;

/** The use-cases about the hub itself. */
public interface HubSystem {
    /**
     * What the hub is and can do.
     *
     * @return its description
     */
    HubMeta meta();

    /**
     * How the hub fares.
     *
     * @return its health
     */
    Health health();

    /**
     * Counts over all that the hub keeps.
     *
     * @return the counts
     */
    Overview overview();
}
