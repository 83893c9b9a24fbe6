package dev.pilot.wire.route;

import dev.pilot.wire.system.OneTimeLink;
import dev.pilot.wire.system.SetCookie;
import dev.pilot.wire.system.Status;

/** The routes by which a browser comes to its cookie. */
public final class CookieRoutes {
    /** {@code POST /api/auth/links}. */
    public static final Route<Void, OneTimeLink> LINK = Route.post(
                    "/api/auth/links",
                    "Makes a word that a link may carry: it stands for the caller once, for a minute.")
            .answers(OneTimeLink.class);

    /** {@code POST /api/auth/cookie}. */
    public static final Route<SetCookie, Status> SET = Route.post(
                    "/api/auth/cookie", "Sets the cookie that lets a browser in, for the word of a link.")
            .takes(SetCookie.class)
            .answers(Status.class)
            .opened();

    /** {@code DELETE /api/auth/cookie}. */
    public static final Route<Void, Status> CLEAR = Route.of(
                    "DELETE", "/api/auth/cookie", "Takes the cookie back, whatever its token is still good for.")
            .answers(Status.class)
            .opened();

    private CookieRoutes() {}
}
