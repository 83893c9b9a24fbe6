package dev.pilot.core.account;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.Identity;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.Unauthenticated;
import java.util.List;
import java.util.function.Function;

/** The hub's door: whoever shows a token that one of the ways in knows is let in. */
final class HubDoor implements Door {
    private static final int LONGEST = 4_096;

    private final Function<Identity, Pilot> hub;
    private final List<Way> ways;
    private final LogIns logIns;

    HubDoor(Function<Identity, Pilot> hub, List<Way> ways, LogIns logIns) {
        this.hub = hub;
        this.ways = List.copyOf(ways);
        this.logIns = logIns;
    }

    @Override
    public Pilot admit(Credentials credentials) {
        String shown = credentials.token();
        if (shown == null || shown.isEmpty()) {
            throw new Unauthenticated("Show a token: Authorization: Bearer <token>.");
        }
        if (shown.length() <= LONGEST) {
            for (Way way : ways) {
                Identity identity = way.identify(shown);
                if (identity != null) {
                    return hub.apply(identity);
                }
            }
        }
        throw new Unauthenticated("The token is not known, or holds no longer: check it, log in again, or look into"
                + " admin.token in the data directory.");
    }

    @Override
    public Session logIn(LogIn who, String address) {
        return logIns.logIn(who, address);
    }

    @Override
    public Session refresh(String refreshToken) {
        return logIns.refresh(refreshToken);
    }
}
