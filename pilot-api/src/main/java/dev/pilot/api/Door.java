package dev.pilot.api;

import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.Unauthenticated;

/** Lets callers in. What serves a hub to the outside holds a door, never a hub. Threads may share it. */
@FunctionalInterface
public interface Door {
    /**
     * Binds the hub to whoever shows the credentials.
     *
     * @param credentials what the caller shows
     * @return the hub as that caller sees it
     * @throws Unauthenticated if they are missing or wrong
     */
    Pilot admit(Credentials credentials);
}
