package dev.pilot.http.guard;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The cookie that lets a browser in: out of reach of scripts, never sent along from other sites, gone with the browser. Over TLS its name
 * begins with {@code __Host-}, which no other host of the domain can set. A browser sends it to every port of a host, so it carries a word
 * that only this hub understands, never a token.
 */
public final class HubCookie {
    /** The header that every request with the cookie must have if it changes something; no form and no foreign page can send it. */
    public static final String CONSOLE_HEADER = "X-Pilot-Request";

    private static final String PLAIN = "pilot";
    private static final String SECURE = "__Host-pilot";

    private HubCookie() {}

    /**
     * Finds the words.
     *
     * @param headers a request's headers
     * @param secure whether it came over TLS
     * @return the word; none if there is no such cookie; more than one if another was slipped in
     */
    public static List<String> words(HttpFields headers, boolean secure) {
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
        return found;
    }

    /**
     * Sets it.
     *
     * @param word what it carries: letters, digits, {@code -} and {@code _}
     * @param secure whether this goes over TLS
     * @return the value of {@code Set-Cookie}
     */
    public static String set(String word, boolean secure) {
        return cookie(word, secure);
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
