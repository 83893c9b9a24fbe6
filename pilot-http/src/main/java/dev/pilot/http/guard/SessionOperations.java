package dev.pilot.http.guard;

import dev.pilot.api.error.Unauthenticated;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.SessionRoutes;
import dev.pilot.wire.system.OneTimeLink;
import dev.pilot.wire.system.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** How a browser comes to its cookie, and gets rid of it. */
public final class SessionOperations {
    private static final Status DONE = new Status("ok");

    private SessionOperations() {}

    /**
     * Adds the operations.
     *
     * @param to takes them
     * @param links the links that wait to be used
     */
    public static void add(Operations to, OneTimeLinks links) {
        to.answer(SessionRoutes.LINK, call -> {
            String token = Objects.requireNonNull(call.visit().token(), "who was let in has shown something");
            return new OneTimeLink(links.make(token), Instant.now().plus(OneTimeLinks.VALID));
        });
        to.serve(SessionRoutes.BEGIN, call -> {
            String token = links.take(call.body().once());
            if (token == null) {
                throw new Unauthenticated("The link was used already, or is older than a minute: ask for another.");
            }
            return cookie(SessionCookie.set(token, call.visit().isSecure()));
        });
        to.serve(
                SessionRoutes.END, call -> cookie(SessionCookie.end(call.visit().isSecure())));
    }

    private static Answer cookie(String value) {
        return new Answer.Value(200, DONE, Map.of("Set-Cookie", value));
    }
}
