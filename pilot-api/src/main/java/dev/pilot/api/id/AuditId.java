package dev.pilot.api.id;

/**
 * Names an audit event. Ids that the hub makes start with {@code aud_}; a caller's own may be any other text of the grammar of {@link Id},
 * and are no other caller's.
 *
 * @param value the id's text
 */
public record AuditId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public AuditId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
