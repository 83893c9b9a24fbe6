package dev.pilot.api.error;

/** The id or idempotency key was used before, with other content. Nothing was changed. */
public final class AlreadyExists extends PilotException {
    private static final long serialVersionUID = 1L;

    private final String entity;
    private final String id;

    /**
     * Makes one.
     *
     * @param entity the kind of entity, such as {@code project}
     * @param id the id or key that is taken
     * @param message what is taken and what to do instead
     */
    public AlreadyExists(String entity, String id, String message) {
        super(ErrorKind.ALREADY_EXISTS, "already-exists", message, null);
        this.entity = entity;
        this.id = id;
    }

    /**
     * The kind of entity.
     *
     * @return such as {@code project}
     */
    public String entity() {
        return entity;
    }

    /**
     * The id or key that is taken.
     *
     * @return the id or key
     */
    public String id() {
        return id;
    }
}
