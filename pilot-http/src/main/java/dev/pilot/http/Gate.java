package dev.pilot.http;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.http.call.Admitted;
import dev.pilot.http.call.Visit;
import dev.pilot.http.guard.Hop;
import dev.pilot.http.guard.Hops;
import dev.pilot.http.guard.Throttle;
import dev.pilot.wire.route.Route;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may come in, and how often. All of it is decided before a body is read. Threads may share it. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String CHANGED =
            "The token that this was begun with is good for something else now: come again.";

    private final Door door;
    private final Hops hops;
    private final Visitors visitors;
    private final Throttle throttle;
    private final Duration callerCheck;

    Gate(Door door, Hops hops, Visitors visitors, Throttle throttle, Duration callerCheck) {
        this.door = door;
        this.hops = hops;
        this.visitors = visitors;
        this.throttle = throttle;
        this.callerCheck = callerCheck;
    }

    Hop hop(Request request) {
        return hops.of(request);
    }

    /** The origin of a page of another site that may call, or null. */
    @Nullable
    String foreignOrigin(Request request) {
        return visitors.foreignOrigin(request);
    }

    /** Counts a request and looks at how it came; refuses what may not even ask. */
    Visit arrive(Request request, Hop hop) {
        refuse(throttle.arrives(hop.group()), "Too many requests come from this address.");
        return visitors.check(request, hop);
    }

    /** Lets a caller in who brought its credential with the request. */
    Admitted admit(Visit visit) {
        if (visit.token() == null && visit.cookie() != null) {
            throw new Unauthenticated("The cookie holds no longer, for its time is over or the hub was started anew:"
                    + " ask for another link.");
        }
        return admit(visit, visit.token());
    }

    Admitted admit(Visit visit, @Nullable String token) {
        Credentials credentials = new Credentials(token, visit.address());
        if (token == null) {
            return admitted(credentials, door.admit(credentials));
        }
        tooManyFailures(throttle.mayTry(visit.group(), token));
        Pilot pilot;
        try {
            pilot = door.admit(credentials);
        } catch (Unauthenticated wrong) {
            throttle.failed(visit.group(), token);
            throw wrong;
        }
        refuse(throttle.calls(token), "Too many requests come with this token.");
        return admitted(credentials, pilot);
    }

    /** To look again counts neither as a call nor as a guess. */
    private Admitted admitted(Credentials credentials, Pilot pilot) {
        return new Admitted(pilot, () -> over(credentials, pilot), callerCheck, System::nanoTime);
    }

    private @Nullable PilotException over(Credentials credentials, Pilot admitted) {
        try {
            Caller now = door.admit(credentials).account().identity().caller();
            Caller before = admitted.account().identity().caller();
            return now.equals(before) ? null : new Unavailable("access-changed", CHANGED, null);
        } catch (Unauthenticated over) {
            return over;
        } catch (PilotException unknown) {
            LOG.debug("nobody knows now who is let in", unknown);
            return null;
        }
    }

    /** Where one comes to a credential, one may guess as with tokens. */
    void mayTry(Visit visit, Route<?, ?> at) {
        tooManyFailures(throttle.mayTryAt(visit.group(), at.toString()));
    }

    void failed(Visit visit, Route<?, ?> at) {
        throttle.failedAt(visit.group(), at.toString());
    }

    private static void tooManyFailures(Throttle.@Nullable Wait wait) {
        refuse(wait, "too-many-failures", "Too many wrong credentials were shown: wait before the next try.");
    }

    private static void refuse(Throttle.@Nullable Wait wait, String detail) {
        refuse(wait, "too-many-requests", detail + " Come again after the time that Retry-After says.");
    }

    /** Of the kind that passes by itself: whoever can wait for a hub that is away can wait for one that is busy. */
    private static void refuse(Throttle.@Nullable Wait wait, String code, String detail) {
        if (wait == null) {
            return;
        }
        String seconds = Long.toString(wait.seconds());
        Map<String, String> headers = wait.most() == 0
                ? Map.of("Retry-After", seconds)
                : Map.of(
                        "Retry-After",
                        seconds,
                        "RateLimit-Limit",
                        Integer.toString(wait.most()),
                        "RateLimit-Remaining",
                        "0",
                        "RateLimit-Reset",
                        seconds);
        throw new Refusal(429, ErrorKind.UNAVAILABLE, code, detail, headers);
    }
}
