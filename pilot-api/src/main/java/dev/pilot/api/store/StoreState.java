package dev.pilot.api.store;

import org.jspecify.annotations.Nullable;

/**
 * How a store is found, without opening it.
 *
 * @param engine such as {@code sqlite}
 * @param version the engine's version
 * @param location where it is, without credentials
 * @param schema the version of its schema; null where there is none yet
 * @param pending how many migrations would be done when it is opened
 * @param tooNew whether a newer program wrote it
 * @param fault what of its schema is not as this program makes it, so that it can't be opened; null if all is
 * @param letsIn whether it keeps somebody who is let in: a user who is enabled, or a token that holds
 */
public record StoreState(
        String engine,
        String version,
        String location,
        @Nullable String schema,
        int pending,
        boolean tooNew,
        @Nullable String fault,
        boolean letsIn) {}
