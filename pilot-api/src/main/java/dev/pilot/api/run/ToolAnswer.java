package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may use a tool.
 *
 * @param verdict yes, no, or ask again when the approval is decided
 * @param code why, for programs: {@code allowed}, {@code granted}, {@code approval-pending}, {@code tool-unknown},
 *     {@code target-not-allowed}, {@code rejected} or {@code budget-exceeded}
 * @param message why, for people
 * @param approval what waits for a decision, or was rejected
 */
public record ToolAnswer(
        ToolVerdict verdict,
        String code,
        String message,
        @Nullable Approval approval) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ToolAnswer {
        InvalidInput.required(verdict, "verdict");
        InvalidInput.required(code, "code");
        message = message == null ? "" : message;
    }
}
