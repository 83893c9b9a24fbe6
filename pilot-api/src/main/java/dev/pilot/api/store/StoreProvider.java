package dev.pilot.api.store;

/** Opens stores of one engine; found by {@link java.util.ServiceLoader}. */
public interface StoreProvider {
    /**
     * Whether a URL is for this engine.
     *
     * @param url a JDBC URL
     * @return true if {@link #open} would take it
     */
    boolean accepts(String url);

    /**
     * Opens a store, making or migrating it where needed.
     *
     * @param config what to open
     * @return the store
     * @throws dev.pilot.api.error.Unavailable if it can't be reached, is in use by another hub
     *     ({@code data-directory-in-use}), or was written by a newer program ({@code store-too-new})
     */
    ProjectStore open(StoreConfig config);

    /**
     * Looks at a store without opening, making or migrating it; a hub may be using it.
     *
     * @param config what to look at
     * @return how it is found
     * @throws dev.pilot.api.error.Unavailable if it can't be reached
     */
    StoreState inspect(StoreConfig config);
}
