package dev.pilot.api.id;

/**
 * Names a token that a hub keeps. Ids that the hub makes start with {@code tok_}; a caller's own may be any text of the grammar of {@link Id}.
 *
 * @param value the id's text
 */
public record TokenId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public TokenId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
