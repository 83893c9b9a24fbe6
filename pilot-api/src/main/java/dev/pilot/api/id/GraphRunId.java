package dev.pilot.api.id;

/**
 * Names a run of a task graph. Ids that the hub makes start with {@code grn_}; a caller's own may be any text of the grammar of {@link Id}.
 *
 * @param value the id's text
 */
public record GraphRunId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public GraphRunId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
