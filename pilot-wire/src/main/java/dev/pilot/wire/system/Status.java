package dev.pilot.wire.system;

import dev.pilot.api.error.InvalidInput;

/**
 * Whether the server answers at all.
 *
 * @param status {@code ok}
 */
public record Status(String status) {
    /**
     * Checks that there is one.
     *
     * @throws InvalidInput if it is absent
     */
    public Status {
        InvalidInput.required(status, "status");
    }
}
