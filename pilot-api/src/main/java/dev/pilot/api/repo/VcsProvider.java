package dev.pilot.api.repo;

/** Makes a {@link VcsSync}; found by {@link java.util.ServiceLoader}. */
@FunctionalInterface
public interface VcsProvider {
    /**
     * Makes one.
     *
     * @return the adapter, which threads may share
     */
    VcsSync create();
}
