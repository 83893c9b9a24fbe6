package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decides on an approval.
 *
 * @param verdict yes, no, or yes with another payload
 * @param comment what is said with it; for a rejected review it is the next attempt's feedback; or null
 * @param payload the other payload; only with {@code edit}
 * @param again for a rejected review: whether the run goes back to the queue for another attempt
 */
public record Decision(Verdict verdict, @Nullable String comment, Json.@Nullable Obj payload, boolean again) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Decision {
        InvalidInput.required(verdict, "verdict");
    }

    /**
     * Yes or no, with a comment.
     *
     * @param verdict approve or reject
     * @param comment what is said with it, or null
     * @param again for a rejected review: whether the run goes back to the queue for another attempt
     * @return the decision
     */
    public static Decision of(Verdict verdict, @Nullable String comment, boolean again) {
        return new Decision(verdict, comment, null, again);
    }

    /**
     * Yes.
     *
     * @return the decision
     */
    public static Decision approve() {
        return new Decision(Verdict.APPROVE, null, null, false);
    }

    /**
     * No.
     *
     * @param comment why, or null
     * @return the decision
     */
    public static Decision reject(@Nullable String comment) {
        return new Decision(Verdict.REJECT, comment, null, false);
    }

    /**
     * No, but try again.
     *
     * @param feedback what the next attempt should do better
     * @return the decision
     */
    public static Decision again(String feedback) {
        return new Decision(Verdict.REJECT, feedback, null, true);
    }
}
