package dev.pilot.http;

import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.ErrorKind;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Looks at who comes: under which name the server was called, from which page, and with which token. A page of another site can
 * neither call the hub directly nor by a name that it has pointed here. Threads may share it.
 */
final class Visitors {
    private static final String BEARER = "bearer ";

    private final boolean anyHost;
    private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    private final Set<String> origins = new HashSet<>();

    Visitors(HttpConfig config) {
        anyHost = config.allowedHosts().contains("*");
        hosts.add(lower(config.host()));
        config.allowedHosts().forEach(host -> hosts.add(lower(host)));
        config.allowedOrigins().forEach(origin -> origins.add(lower(origin)));
    }

    /** Refuses names and pages that are not allowed. */
    void check(Request request) {
        String host = Request.getServerName(request);
        if (!anyHost && (host == null || !hosts.contains(lower(host)))) {
            throw Refusal.invalid(
                    400, "host-not-allowed", "The server is not known by this name; allowedHosts can add it.");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !isOwn(request, origin) && !isAllowed(origin)) {
            throw new Refusal(
                    403,
                    ErrorKind.FORBIDDEN,
                    "origin-not-allowed",
                    "Pages of this origin may not call the hub; allowedOrigins can add it.",
                    Map.of());
        }
    }

    /** The origin of a page of another site that may call, or null. */
    @Nullable
    String foreignOrigin(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin != null && isAllowed(origin) ? origin : null;
    }

    private boolean isAllowed(String origin) {
        return origins.contains(lower(origin));
    }

    private static boolean isOwn(Request request, String origin) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String scheme = request.isSecure() ? "https://" : "http://";
        return host != null && lower(origin).equals(scheme + lower(host));
    }

    static Credentials credentials(Request request) {
        return new Credentials(token(request.getHeaders()), Request.getRemoteAddr(request));
    }

    private static @Nullable String token(HttpFields headers) {
        String authorization = headers.get(HttpHeader.AUTHORIZATION);
        if (authorization != null && lower(authorization).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        String admin = headers.get("X-PM-Token");
        return admin != null ? admin : headers.get("X-PM-Agent-Token");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
