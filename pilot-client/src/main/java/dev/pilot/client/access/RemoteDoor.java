package dev.pilot.client.access;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.access.Refresh;
import dev.pilot.wire.route.AuthRoutes;
import java.util.function.Function;

/** The {@link Door} of a hub elsewhere. Where a call comes from, the hub sees for itself. */
public final class RemoteDoor implements Door {
    private final Connection open;
    private final Function<String, Pilot> enter;

    /**
     * Makes it.
     *
     * @param open a connection that shows no token
     * @param enter makes a client that shows a token
     */
    public RemoteDoor(Connection open, Function<String, Pilot> enter) {
        this.open = open;
        this.enter = enter;
    }

    /** What comes of the token, the first call tells. */
    @Override
    public Pilot admit(Credentials credentials) {
        if (credentials.token() == null) {
            throw new Unauthenticated("Show a token.");
        }
        return enter.apply(credentials.token());
    }

    @Override
    public Session logIn(LogIn who, String address) {
        return logIn(open, who);
    }

    @Override
    public Session refresh(String refreshToken) {
        return refresh(open, refreshToken);
    }

    static Session logIn(Connection open, LogIn who) {
        return open.call(Request.to(AuthRoutes.LOG_IN, who));
    }

    static Session refresh(Connection open, String refreshToken) {
        return open.call(Request.to(AuthRoutes.REFRESH, new Refresh(refreshToken)));
    }
}
