package dev.pilot.wire.route;

import dev.pilot.wire.system.BeginSession;
import dev.pilot.wire.system.OneTimeLink;
import dev.pilot.wire.system.Status;

/** The routes by which a browser comes to its cookie. */
public final class SessionRoutes {
    /** {@code POST /api/auth/links}. */
    public static final Route<Void, OneTimeLink> LINK = Route.post(
                    "/api/auth/links",
                    "Makes a word that a link may carry: it stands for the caller once, for a minute.")
            .answers(OneTimeLink.class);

    /** {@code POST /api/auth/session}. */
    public static final Route<BeginSession, Status> BEGIN = Route.post(
                    "/api/auth/session", "Sets the session's cookie, for the word of a link.")
            .takes(BeginSession.class)
            .answers(Status.class)
            .opened();

    /** {@code DELETE /api/auth/session}. */
    public static final Route<Void, Status> END = Route.of(
                    "DELETE", "/api/auth/session", "Takes the session's cookie back.")
            .answers(Status.class);

    private SessionRoutes() {}
}
