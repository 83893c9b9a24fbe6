package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;

/**
 * Why a run failed.
 *
 * @param code a stable code, such as {@code exit-code}, {@code gate-failed} or {@code worker-lost}
 * @param message what happened, for a person
 */
public record RunError(String code, String message) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public RunError {
        InvalidInput.required(code, "code");
        InvalidInput.required(message, "message");
    }
}
