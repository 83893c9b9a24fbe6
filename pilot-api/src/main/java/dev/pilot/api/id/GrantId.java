package dev.pilot.api.id;

/**
 * Names a grant of a tool. Ids that the hub makes start with {@code gra_}; a caller's own may be any text of the grammar of {@link Id}.
 *
 * @param value the id's text
 */
public record GrantId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public GrantId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
