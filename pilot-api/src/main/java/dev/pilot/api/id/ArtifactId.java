package dev.pilot.api.id;

/**
 * Names an artifact. Ids that the hub makes start with {@code art_}; a caller's own may be any text of the grammar of {@link Id}.
 *
 * @param value the id's text
 */
public record ArtifactId(String value) implements Id {
    /**
     * Checks the grammar.
     *
     * @throws dev.pilot.api.error.InvalidInput if the text is no id
     */
    public ArtifactId {
        Id.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
