package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which stops apply to a run. Defaults: no approval, no gates, no review, three failed attempts at most.
 *
 * @param approval whether it waits for approval before it is queued
 * @param review whether its result waits for a decision
 * @param gates what must succeed, in order
 * @param maxAttempts after how many failed or lost attempts it fails for good
 * @param onBudget what happens when it goes over its budget
 * @param stallAfter after how long without an event of the run - output counts - its attempt is given up, though its worker is alive;
 *     null for never
 * @param askTools the tools, as in an allow-list, that are used only after somebody has approved it
 */
public record RunPolicy(
        boolean approval,
        boolean review,
        List<Gate> gates,
        int maxAttempts,
        BudgetRule onBudget,
        @Nullable Duration stallAfter,
        List<String> askTools) {
    /**
     * Fills in the defaults and checks what must be there.
     */
    public RunPolicy {
        gates = gates == null ? List.of() : List.copyOf(gates);
        maxAttempts = maxAttempts == 0 ? 3 : maxAttempts;
        onBudget = onBudget == null ? BudgetRule.FAIL : onBudget;
        askTools = askTools == null ? List.of() : List.copyOf(askTools);
    }

    /** No stops. */
    public static final RunPolicy NONE = builder().build();

    /**
     * Starts one; everything has a default.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.approval = approval;
        builder.review = review;
        builder.gates = gates;
        builder.maxAttempts = maxAttempts;
        builder.onBudget = onBudget;
        builder.stallAfter = stallAfter;
        builder.askTools = askTools;
        return builder;
    }

    /** Builds a {@link RunPolicy}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private boolean approval;
        private boolean review;
        private List<Gate> gates;
        private int maxAttempts;
        private BudgetRule onBudget;
        private @Nullable Duration stallAfter;
        private List<String> askTools;

        private Builder() {}

        /**
         * Sets approval.
         *
         * @param approval whether it waits for approval before it is queued
         * @return this
         */
        public Builder approval(boolean approval) {
            this.approval = approval;
            return this;
        }

        /**
         * Sets review.
         *
         * @param review whether its result waits for a decision
         * @return this
         */
        public Builder review(boolean review) {
            this.review = review;
            return this;
        }

        /**
         * Sets gates.
         *
         * @param gates what must succeed, in order
         * @return this
         */
        public Builder gates(List<Gate> gates) {
            this.gates = gates;
            return this;
        }

        /**
         * Sets maxAttempts.
         *
         * @param maxAttempts after how many failed or lost attempts it fails for good
         * @return this
         */
        public Builder maxAttempts(int maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        /**
         * Sets onBudget.
         *
         * @param onBudget what happens when it goes over its budget
         * @return this
         */
        public Builder onBudget(BudgetRule onBudget) {
            this.onBudget = onBudget;
            return this;
        }

        /**
         * Sets stallAfter.
         *
         * @param stallAfter after how long without an event of the run its attempt is given up; null for never
         * @return this
         */
        public Builder stallAfter(@Nullable Duration stallAfter) {
            this.stallAfter = stallAfter;
            return this;
        }

        /**
         * Sets askTools.
         *
         * @param askTools the tools, as in an allow-list, that are used only after somebody has approved it
         * @return this
         */
        public Builder askTools(List<String> askTools) {
            this.askTools = askTools;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public RunPolicy build() {
            return new RunPolicy(approval, review, gates, maxAttempts, onBudget, stallAfter, askTools);
        }
    }
}
