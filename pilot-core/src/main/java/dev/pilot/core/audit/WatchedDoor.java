package dev.pilot.core.audit;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.Unauthenticated;

/** A door that notes which credentials it refuses. Who shows none has not tried any. */
record WatchedDoor(Door door, Refusals refusals) implements Door {
    @Override
    public Pilot admit(Credentials credentials) {
        try {
            return door.admit(credentials);
        } catch (Unauthenticated refused) {
            if (credentials.token() != null && !credentials.token().isEmpty()) {
                refusals.credentials(credentials.address(), refused.code());
            }
            throw refused;
        }
    }
}
