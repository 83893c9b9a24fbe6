package dev.pilot.core.audit;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.Unauthenticated;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A door that notes which credentials it refuses. Who shows none has not tried any. */
record WatchedDoor(Door door, Refusals refusals) implements Door {
    private static final String LOCKED = "log-in-locked";

    @Override
    public Pilot admit(Credentials credentials) {
        String token = credentials.token();
        return token == null || token.isEmpty()
                ? door.admit(credentials)
                : noted(credentials.address(), () -> door.admit(credentials));
    }

    @Override
    public Session logIn(LogIn who, String address) {
        return noted(address, () -> door.logIn(who, address));
    }

    /** The door is not told from where this comes. */
    @Override
    public Session refresh(String refreshToken) {
        return noted(null, () -> door.refresh(refreshToken));
    }

    private <T> T noted(@Nullable String address, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (Unauthenticated refused) {
            refusals.credentials(address, refused.code());
            throw refused;
        } catch (OverLimit refused) {
            if (refused.code().equals(LOCKED)) { // else it was no try: the hub is busy
                refusals.credentials(address, LOCKED);
            }
            throw refused;
        }
    }
}
