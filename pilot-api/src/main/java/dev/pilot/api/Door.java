package dev.pilot.api;

import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.OverLimit;
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

    /**
     * Logs a user in. An unknown name and a wrong password get the same answer, after the same work.
     *
     * @param who name and password
     * @param address where the call comes from, which counts against guessing
     * @return the session
     * @throws Unauthenticated if there is no such user, it is disabled, or the password is wrong
     * @throws OverLimit with code {@code log-in-locked} after too many failures, or {@code log-ins-busy} if too many log in at once
     * @throws NotAllowed with code {@code no-log-in} if this door knows no users
     */
    default Session logIn(LogIn who, String address) {
        throw new NotAllowed("no-log-in", "Nobody can log in here: show a token.");
    }

    /**
     * Goes on with a session. The refresh token is used up by it; one that was used up before ends the session.
     *
     * @param refreshToken the session's last refresh token
     * @return the session with new tokens
     * @throws Unauthenticated if the token is not known, was used before, or its session is over
     * @throws NotAllowed with code {@code no-log-in} if this door knows no users
     */
    default Session refresh(String refreshToken) {
        throw new NotAllowed("no-log-in", "Nobody can log in here: show a token.");
    }
}
