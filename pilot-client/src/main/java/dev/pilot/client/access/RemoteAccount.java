package dev.pilot.client.access;

import dev.pilot.api.access.Account;
import dev.pilot.api.access.Identity;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.access.ChangePassword;
import dev.pilot.wire.route.AuthRoutes;

/** {@link Account} at a hub elsewhere. */
public final class RemoteAccount implements Account {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteAccount(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Identity identity() {
        return connection.call(Request.to(AuthRoutes.VERIFY));
    }

    @Override
    public void changePassword(String current, String next) {
        connection.run(Request.to(AuthRoutes.CHANGE_PASSWORD, new ChangePassword(current, next)));
    }

    @Override
    public void logOut() {
        connection.run(Request.to(AuthRoutes.LOG_OUT));
    }

    @Override
    public void logOutEverywhere() {
        connection.run(Request.to(AuthRoutes.LOG_OUT_EVERYWHERE));
    }
}
