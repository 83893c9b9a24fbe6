package dev.pilot.api.error;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The entity has changed since the caller read it. It carries the entity as it is now, so that the caller can merge and retry. */
public final class Conflict extends PilotException {
    private static final long serialVersionUID = 1L;

    private final String entity;
    private final String id;
    private final @Nullable Instant currentUpdatedAt;
    private final transient @Nullable Record current;

    /**
     * Makes one.
     *
     * @param code the stable code; {@code conflict} for a stale version
     * @param message what is stale and what to do
     * @param entity the kind of entity, such as {@code project}
     * @param id its id
     * @param currentUpdatedAt its version now, if it has one
     * @param current the entity as it is now, if it could be read
     */
    public Conflict(
            String code,
            String message,
            String entity,
            String id,
            @Nullable Instant currentUpdatedAt,
            @Nullable Record current) {
        super(ErrorKind.CONFLICT, code, message, null);
        this.entity = entity;
        this.id = id;
        this.currentUpdatedAt = currentUpdatedAt;
        this.current = current;
    }

    /**
     * A stale {@code ifUpdatedAt}.
     *
     * @param entity the kind of entity
     * @param id its id
     * @param expected the version that the caller named
     * @param currentUpdatedAt the version now
     * @param current the entity now
     * @return the error, to be thrown
     */
    public static Conflict stale(String entity, String id, Instant expected, Instant currentUpdatedAt, Record current) {
        return new Conflict(
                "conflict",
                "The " + entity + " " + id + " was changed at " + currentUpdatedAt + ", after " + expected
                        + ": read it again, merge, and retry.",
                entity,
                id,
                currentUpdatedAt,
                current);
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
     * The entity's id.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * The entity's version now.
     *
     * @return its {@code updatedAt}, or null where it has none
     */
    public @Nullable Instant currentUpdatedAt() {
        return currentUpdatedAt;
    }

    /**
     * The entity as it is now.
     *
     * @return the api record, or null where it could not be read
     */
    public @Nullable Record current() {
        return current;
    }
}
