package dev.pilot.api.error;

/** There is no such entity. */
public final class NotFound extends PilotException {
    private static final long serialVersionUID = 1L;

    private final String entity;
    private final String id;

    /**
     * Makes one.
     *
     * @param entity the kind of entity, such as {@code project}
     * @param id the id that was asked for
     */
    public NotFound(String entity, String id) {
        super(ErrorKind.NOT_FOUND, "not-found", "There is no " + entity + " " + id + ".", null);
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
     * The id that was asked for.
     *
     * @return the id
     */
    public String id() {
        return id;
    }
}
