package dev.pilot.api.id;

/**
 * Names a user. Ids that the hub makes start with {@code usr_}; a caller's own may be any text of the grammar of {@link Id}.
 *
 * @param value the id's text
 */
public record UserId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public UserId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
