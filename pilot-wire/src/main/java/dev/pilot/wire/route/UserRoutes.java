package dev.pilot.wire.route;

import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.access.User;
import dev.pilot.api.value.Page;
import dev.pilot.wire.WireType;
import dev.pilot.wire.access.NewPassword;

/** The routes of users, for administrators. */
public final class UserRoutes {
    /** {@code GET /api/users}. */
    public static final Route<Void, Page<User>> LIST = Route.get("/api/users", "Lists users by age.")
            .answers(WireType.pageOf(User.class))
            .paged();

    /** {@code POST /api/users}. */
    public static final Route<CreateUser, User> CREATE =
            Route.post("/api/users", "Creates a user.").takes(CreateUser.class).creates(User.class);

    /** {@code GET /api/users/{id}}. */
    public static final Route<Void, User> GET =
            Route.get("/api/users/{id}", "Gets a user.").answers(User.class);

    /** {@code PATCH /api/users/{id}}. */
    public static final Route<UpdateUser, User> UPDATE = Route.of(
                    "PATCH", "/api/users/{id}", "Changes some fields of a user.")
            .takes(Media.MERGE_PATCH, UpdateUser.class)
            .answers(User.class);

    /** {@code DELETE /api/users/{id}}. */
    public static final Route<Void, Void> DELETE =
            Route.of("DELETE", "/api/users/{id}", "Deletes a user and ends all its sessions.");

    /** {@code POST /api/users/{id}/password}. */
    public static final Route<NewPassword, User> SET_PASSWORD = Route.post(
                    "/api/users/{id}/password", "Gives a user another password and ends all its sessions.")
            .takes(NewPassword.class)
            .answers(User.class);

    /** {@code POST /api/users/{id}/logout}. */
    public static final Route<Void, Void> LOG_OUT =
            Route.post("/api/users/{id}/logout", "Ends all sessions of a user.");

    private UserRoutes() {}
}
