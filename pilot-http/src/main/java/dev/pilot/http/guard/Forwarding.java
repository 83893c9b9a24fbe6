package dev.pilot.http.guard;

/**
 * Which headers a trusted proxy writes. Only those are read: a proxy passes on whatever it doesn't write itself, so the others are the
 * client's own words.
 */
public enum Forwarding {
    /** {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, as nginx, Caddy and most balancers write them. */
    X_FORWARDED,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED
}
