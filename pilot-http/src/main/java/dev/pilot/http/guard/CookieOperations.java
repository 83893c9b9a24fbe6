package dev.pilot.http.guard;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.Identity;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operations;
import dev.pilot.wire.route.CookieRoutes;
import dev.pilot.wire.system.OneTimeLink;
import dev.pilot.wire.system.SetCookie;
import dev.pilot.wire.system.Status;
import java.time.Instant;
import java.util.Map;

/** How a browser comes to its cookie, and gets rid of it. */
public final class CookieOperations {
    private static final Status DONE = new Status("ok");

    private final StandIns links;
    private final StandIns cookies;

    private CookieOperations(StandIns links, StandIns cookies) {
        this.links = links;
        this.cookies = cookies;
    }

    /**
     * Adds the operations.
     *
     * @param to takes them
     * @param links the links that wait to be used
     * @param cookies the cookies that browsers have
     */
    public static void add(Operations to, StandIns links, StandIns cookies) {
        CookieOperations operations = new CookieOperations(links, cookies);
        to.answer(CookieRoutes.LINK, operations::link);
        to.serve(CookieRoutes.SET, operations::set);
        to.serve(CookieRoutes.CLEAR, operations::clear);
    }

    private OneTimeLink link(Call<Void> call) {
        String token = requireNonNull(call.visit().token(), "who was let in has shown something");
        String holder = holder(call.pilot().account().identity());
        return new OneTimeLink(
                links.make(new StandIns.Token(holder, token)), Instant.now().plus(StandIns.LINK));
    }

    /** Whoever logs in again and again has many tokens, and is one all the same. */
    private static String holder(Identity identity) {
        if (identity.userId() != null) {
            return identity.userId().value();
        }
        return identity.tokenId() != null
                ? identity.tokenId().value()
                : identity.caller().name();
    }

    private Answer set(Call<SetCookie> call) {
        StandIns.Token token = links.take(call.body().once());
        if (token == null) {
            throw new Unauthenticated("The link was used already, or is older than a minute: ask for another.");
        }
        return cookie(HubCookie.set(cookies.make(token), call.visit().isSecure()));
    }

    /** Whoever brings the cookie may have it taken back, whatever its token is still good for. */
    private Answer clear(Call<Void> call) {
        String word = call.visit().cookie();
        if (word != null) {
            cookies.take(word);
        }
        return cookie(HubCookie.end(call.visit().isSecure()));
    }

    private static Answer cookie(String value) {
        return new Answer.Value(200, DONE, Map.of("Set-Cookie", value));
    }
}
