package dev.pilot.wire.route;

import dev.pilot.api.access.Identity;
import dev.pilot.api.access.LogIn;
import dev.pilot.api.access.Session;
import dev.pilot.wire.access.ChangePassword;
import dev.pilot.wire.access.Refresh;

/** The routes of those who come in. */
public final class AuthRoutes {
    /** {@code POST /api/auth/login}. */
    public static final Route<LogIn, Session> LOG_IN = Route.post("/api/auth/login", "Logs a user in.")
            .takes(LogIn.class)
            .answers(Session.class)
            .opened();

    /** {@code POST /api/auth/refresh}. */
    public static final Route<Refresh, Session> REFRESH = Route.post(
                    "/api/auth/refresh", "Goes on with a session; the refresh token is used up by it.")
            .takes(Refresh.class)
            .answers(Session.class)
            .opened();

    /** {@code GET /api/auth/verify}. */
    public static final Route<Void, Identity> VERIFY = Route.get(
                    "/api/auth/verify", "Says who the caller is, what it may do, and until when.")
            .answers(Identity.class);

    /** {@code POST /api/auth/change-password}. */
    public static final Route<ChangePassword, Void> CHANGE_PASSWORD = Route.post(
                    "/api/auth/change-password", "Changes the caller's password and ends all its sessions.")
            .takes(ChangePassword.class);

    /** {@code POST /api/auth/logout}. */
    public static final Route<Void, Void> LOG_OUT = Route.post("/api/auth/logout", "Ends the caller's session.");

    /** {@code POST /api/auth/logout-everywhere}. */
    public static final Route<Void, Void> LOG_OUT_EVERYWHERE =
            Route.post("/api/auth/logout-everywhere", "Ends all sessions of the caller.");

    private AuthRoutes() {}
}
