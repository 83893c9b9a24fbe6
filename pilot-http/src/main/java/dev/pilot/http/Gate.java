package dev.pilot.http;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.http.call.Visit;
import dev.pilot.http.guard.Hop;
import dev.pilot.http.guard.Hops;
import dev.pilot.http.guard.Throttle;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Who may come in, and how often. All of it is decided before a body is read. Threads may share it. */
final class Gate {
    private final Door door;
    private final Hops hops;
    private final Visitors visitors;
    private final Throttle throttle;

    Gate(Door door, Hops hops, Visitors visitors, Throttle throttle) {
        this.door = door;
        this.hops = hops;
        this.visitors = visitors;
        this.throttle = throttle;
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
    Pilot admit(Visit visit) {
        return admit(visit, visit.token());
    }

    Pilot admit(Visit visit, @Nullable String token) {
        Credentials credentials = new Credentials(token, visit.address());
        if (token == null) {
            return door.admit(credentials);
        }
        mayTry(visit, token);
        Pilot pilot;
        try {
            pilot = door.admit(credentials);
        } catch (Unauthenticated wrong) {
            throttle.failed(visit.group(), token);
            throw wrong;
        }
        refuse(throttle.calls(token), "Too many requests come with this token.");
        return pilot;
    }

    /** Whoever says at an open route who it is guesses as one does with tokens. */
    void mayTry(Visit visit) {
        mayTry(visit, "");
    }

    void failed(Visit visit) {
        throttle.failed(visit.group(), "");
    }

    private void mayTry(Visit visit, String token) {
        refuse(
                throttle.mayTry(visit.group(), token),
                "too-many-failures",
                "Too many wrong credentials came from this address: wait before the next try.");
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
