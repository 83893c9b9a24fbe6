package dev.pilot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.http.call.Visit;
import dev.pilot.http.guard.Hop;
import dev.pilot.http.guard.HostNames;
import dev.pilot.http.guard.HubCookie;
import dev.pilot.http.guard.StandIns;
import java.net.URLDecoder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Looks at who comes: under which name the server was called, from which page, and with which token. A page of another site can
 * neither call the hub directly nor by a name that it has pointed here, nor use the cookie of one who is signed in. Threads may share
 * it.
 */
final class Visitors {
    private static final String BEARER = "bearer ";
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> SECRETS = Set.of(
            "token",
            "access_token",
            "auth_token",
            "id_token",
            "api_key",
            "apikey",
            "jwt",
            "authorization",
            "password",
            "secret",
            "once",
            "x-pm-token",
            "x-pm-agent-token");

    private final boolean anyHost;
    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", HostNames.normal("::1")));
    private final Set<String> origins = new HashSet<>();
    private final StandIns cookies;

    Visitors(HttpConfig config, StandIns cookies) {
        this.cookies = cookies;
        anyHost = config.allowedHosts().contains("*");
        hosts.add(HostNames.normal(config.host()));
        config.allowedHosts().forEach(host -> hosts.add(HostNames.normal(host)));
        config.allowedOrigins().forEach(origin -> origins.add(lower(origin)));
    }

    /** Refuses names, pages and ways of showing a token that are not allowed. */
    Visit check(Request request, Hop hop) {
        HttpFields headers = request.getHeaders();
        String forwarded = hop.authority();
        // What a proxy says is one more name to be checked, never one instead of another: it may only pass on what it
        // was told.
        if (!isKnown(Request.getServerName(request)) || forwarded != null && !isKnown(name(forwarded))) {
            throw Refusal.invalid(
                    400, "host-not-allowed", "The server is not known by this name; allowedHosts can add it.");
        }
        String authority = forwarded == null ? headers.get(HttpHeader.HOST) : forwarded;
        String origin = headers.get(HttpHeader.ORIGIN);
        boolean own = origin != null && isOwn(hop.isSecure(), authority, origin);
        if (origin != null && !own && !isAllowed(origin)) {
            throw forbidden(
                    "origin-not-allowed", "Pages of this origin may not call the hub; allowedOrigins can add it.");
        }
        noSecrets(request.getHttpURI().getQuery());
        String token = token(headers);
        List<String> words = token == null ? HubCookie.words(headers, hop.isSecure()) : List.of();
        if (!words.isEmpty()) {
            checkCookie(request, origin != null, own);
        }
        String cookie = words.size() == 1 ? words.get(0) : null; // of two, one must have been slipped in
        StandIns.Token kept = cookie == null ? null : cookies.find(cookie);
        return new Visit(
                hop.text(), hop.group(), hop.isSecure(), authority, kept == null ? token : kept.token(), cookie);
    }

    /** A browser sends a cookie along with whatever makes it call; what it says of the page tells ours from others. */
    private static void checkCookie(Request request, boolean hasOrigin, boolean own) {
        HttpFields headers = request.getHeaders();
        String site = headers.get("Sec-Fetch-Site");
        boolean fetchedHere = site == null || site.equals("same-origin");
        boolean allowed;
        if (headers.contains(HttpHeader.UPGRADE)) {
            allowed = own && fetchedHere;
        } else if (READS.contains(request.getMethod())) {
            allowed = (fetchedHere || "none".equals(site)) && (own || !hasOrigin);
        } else {
            allowed = fetchedHere && (own || !hasOrigin && site != null) && headers.contains(HubCookie.CONSOLE_HEADER);
        }
        if (!allowed) {
            throw forbidden(
                    "not-the-console",
                    "With the cookie only the hub's own pages may call, and change things only with the header "
                            + HubCookie.CONSOLE_HEADER + ".");
        }
    }

    /** Addresses stand in logs, histories and what is passed on. What was there is not said again. */
    private static void noSecrets(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (SECRETS.contains(lower(decoded(equals < 0 ? pair : pair.substring(0, equals))))) {
                throw Refusal.invalid(
                        400,
                        "token-in-url",
                        "Secrets don't belong into addresses, which are logged and kept: show the token in the header"
                                + " Authorization: Bearer <token>, and replace this one.");
            }
        }
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8).strip();
        } catch (IllegalArgumentException broken) {
            return name; // said where the query is read
        }
    }

    /** The origin of a page of another site that may call, or null. */
    @Nullable
    String foreignOrigin(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin != null && isAllowed(origin) ? origin : null;
    }

    private boolean isKnown(@Nullable String host) {
        return anyHost || host != null && hosts.contains(HostNames.normal(host));
    }

    private boolean isAllowed(String origin) {
        return origins.contains(lower(origin));
    }

    private static boolean isOwn(boolean secure, @Nullable String authority, String origin) {
        return authority != null && lower(origin).equals((secure ? "https://" : "http://") + lower(authority));
    }

    /** Of host and port, the host. */
    private static String name(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static @Nullable String token(HttpFields headers) {
        String authorization = headers.get(HttpHeader.AUTHORIZATION);
        if (authorization != null && lower(authorization).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        String admin = headers.get("X-PM-Token");
        return admin != null ? admin : headers.get("X-PM-Agent-Token");
    }

    private static Refusal forbidden(String code, String detail) {
        return new Refusal(403, ErrorKind.FORBIDDEN, code, detail, Map.of());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
