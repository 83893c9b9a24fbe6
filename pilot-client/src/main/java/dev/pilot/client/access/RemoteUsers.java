package dev.pilot.client.access;

import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.access.Users;
import dev.pilot.api.id.UserId;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.access.NewPassword;
import dev.pilot.wire.route.UserRoutes;

/** {@link Users} of a hub elsewhere. */
public final class RemoteUsers implements Users {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteUsers(Connection connection) {
        this.connection = connection;
    }

    @Override
    public User create(CreateUser command) {
        return connection.call(Request.to(UserRoutes.CREATE, command));
    }

    @Override
    public User get(UserId id) {
        return connection.call(Request.to(UserRoutes.GET, id));
    }

    @Override
    public Page<User> list(PageRequest page) {
        return connection.call(Request.to(UserRoutes.LIST).page(page));
    }

    @Override
    public User update(UserId id, UpdateUser patch) {
        return connection.call(Request.to(UserRoutes.UPDATE, patch, id));
    }

    @Override
    public User setPassword(UserId id, String password) {
        return connection.call(Request.to(UserRoutes.SET_PASSWORD, new NewPassword(password), id));
    }

    @Override
    public void logOut(UserId id) {
        connection.run(Request.to(UserRoutes.LOG_OUT, id).repeatable());
    }

    @Override
    public void delete(UserId id) {
        connection.run(Request.to(UserRoutes.DELETE, id));
    }
}
