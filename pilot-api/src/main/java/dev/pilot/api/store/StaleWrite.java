package dev.pilot.api.store;

/**
 * An update found another version than the one that was read in the same unit. The store runs the unit again, so a use-case never
 * sees this.
 */
public final class StaleWrite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param entity the kind of entity
     * @param id its id
     */
    public StaleWrite(String entity, String id) {
        super("The " + entity + " " + id + " has another version than the one that was read.");
    }
}
