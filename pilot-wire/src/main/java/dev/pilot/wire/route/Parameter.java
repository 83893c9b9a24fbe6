package dev.pilot.wire.route;

/**
 * A parameter of a route's query.
 *
 * @param name its name
 * @param type its type: String, Integer, Long, Boolean, an id or an enum
 * @param required whether it must be there
 * @param description what it is for
 */
public record Parameter(String name, Class<?> type, boolean required, String description) {}
