package dev.pilot.api.system;

import java.util.List;

/**
 * How a hub fares.
 *
 * @param healthy whether all is well
 * @param checks what was looked at
 */
public record Health(boolean healthy, List<Check> checks) {
    /** Copies the checks. */
    public Health {
        checks = List.copyOf(checks);
    }

    /**
     * One thing that was looked at.
     *
     * @param name what, such as {@code store} or {@code disk}
     * @param healthy whether it is well
     * @param detail what was seen
     */
    public record Check(String name, boolean healthy, String detail) {}
}
