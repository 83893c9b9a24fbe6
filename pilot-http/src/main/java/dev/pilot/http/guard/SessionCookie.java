package dev.pilot.http.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that carries a browser's token: out of reach of scripts, never sent along from other sites, gone with the browser. Over
 * TLS its name begins with {@code __Host-}, which no other host of the domain can set.
 */
public final class SessionCookie {
    /** The header that every request with the cookie must have if it changes something; no form and no foreign page can send it. */
    public static final String CONSOLE_HEADER = "X-Pilot-Request";

    private static final String PLAIN = "pilot";
    private static final String SECURE = "__Host-pilot";

    private SessionCookie() {}

    /**
     * Finds the token.
     *
     * @param headers a request's headers
     * @param secure whether it came over TLS
     * @return the token; null if there is none, or more than one, of which one must have been slipped in
     */
    public static @Nullable String token(HttpFields headers, boolean secure) {
        String start = (secure ? SECURE : PLAIN) + "=";
        List<String> found = new ArrayList<>();
        for (String line : headers.getValuesList(HttpHeader.COOKIE)) {
            for (String pair : line.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(start) && cookie.length() > start.length()) {
                    found.add(cookie.substring(start.length()));
                }
            }
        }
        try {
            return found.size() == 1 ? URLDecoder.decode(found.get(0), UTF_8) : null;
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /**
     * Sets it.
     *
     * @param token what it carries
     * @param secure whether this goes over TLS
     * @return the value of {@code Set-Cookie}
     */
    public static String set(String token, boolean secure) {
        return cookie(URLEncoder.encode(token, UTF_8), secure);
    }

    /**
     * Takes it back.
     *
     * @param secure whether this goes over TLS
     * @return the value of {@code Set-Cookie}
     */
    public static String end(boolean secure) {
        return cookie("", secure) + "; Max-Age=0";
    }

    private static String cookie(String value, boolean secure) {
        return (secure ? SECURE : PLAIN) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }
}
