package dev.pilot.store.jdbi.store;

/** What was thrown on one thread, to be thrown on another or later. */
final class Rethrown {
    private Rethrown() {}

    /** Throws an error; answers anything else, to be thrown. */
    static RuntimeException of(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }
}
