package dev.pilot.api.run;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker asks for work.
 *
 * @param workerId the worker
 * @param host the machine it is on
 * @param limit how many runs at most
 * @param slots how many runs it carries out at once, free or not; 0 if it does not say
 * @param labels the worker's labels
 * @param runners the runners it has
 * @param holding the runs that it has now: what it holds besides, it was given in an answer that got lost, and goes back to the queue;
 *     null if it does not say
 * @param waitFor how long to wait where there is nothing; the hub may cap it
 * @param lease how long the leases should last; the hub may cap it
 */
public record ClaimRequest(
        WorkerId workerId,
        String host,
        int limit,
        int slots,
        Set<String> labels,
        Set<RunnerKind> runners,
        @Nullable List<RunId> holding,
        Duration waitFor,
        Duration lease) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public ClaimRequest {
        InvalidInput.required(workerId, "workerId");
        host = host == null ? "" : host;
        limit = limit == 0 ? 1 : limit;
        labels = labels == null ? Set.of() : Set.copyOf(labels);
        runners = runners == null ? Set.of(RunnerKind.PROCESS) : Set.copyOf(runners);
        holding = holding == null ? null : List.copyOf(holding);
        waitFor = waitFor == null ? Duration.ZERO : waitFor;
        lease = lease == null ? Duration.ofSeconds(30) : lease;
    }

    /**
     * Starts one with what it can't do without; everything else has a default.
     *
     * @param workerId the worker
     * @return the builder
     */
    public static Builder builder(WorkerId workerId) {
        Builder builder = new Builder();
        builder.workerId = workerId;
        return builder;
    }

    /**
     * A builder that starts with what this one has.
     *
     * @return the builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.workerId = workerId;
        builder.host = host;
        builder.limit = limit;
        builder.slots = slots;
        builder.labels = labels;
        builder.runners = runners;
        builder.holding = holding;
        builder.waitFor = waitFor;
        builder.lease = lease;
        return builder;
    }

    /** Builds a {@link ClaimRequest}. Not for several threads. */
    @SuppressWarnings("NullAway") // what is still absent, the record's constructor fills in or refuses
    public static final class Builder {
        private WorkerId workerId;
        private String host;
        private int limit;
        private int slots;
        private Set<String> labels;
        private Set<RunnerKind> runners;
        private @Nullable List<RunId> holding;
        private Duration waitFor;
        private Duration lease;

        private Builder() {}

        /**
         * Sets workerId.
         *
         * @param workerId the worker
         * @return this
         */
        public Builder workerId(WorkerId workerId) {
            this.workerId = workerId;
            return this;
        }

        /**
         * Sets host.
         *
         * @param host the machine it is on
         * @return this
         */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets limit.
         *
         * @param limit how many runs at most
         * @return this
         */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /**
         * Sets slots.
         *
         * @param slots how many runs it carries out at once, free or not; 0 if it does not say
         * @return this
         */
        public Builder slots(int slots) {
            this.slots = slots;
            return this;
        }

        /**
         * Sets labels.
         *
         * @param labels the worker's labels
         * @return this
         */
        public Builder labels(Set<String> labels) {
            this.labels = labels;
            return this;
        }

        /**
         * Sets runners.
         *
         * @param runners the runners it has
         * @return this
         */
        public Builder runners(Set<RunnerKind> runners) {
            this.runners = runners;
            return this;
        }

        /**
         * Sets holding.
         *
         * @param holding the runs that the worker has now; null if it does not say
         * @return this
         */
        public Builder holding(@Nullable List<RunId> holding) {
            this.holding = holding;
            return this;
        }

        /**
         * Sets waitFor.
         *
         * @param waitFor how long to wait where there is nothing; the hub may cap it
         * @return this
         */
        public Builder waitFor(Duration waitFor) {
            this.waitFor = waitFor;
            return this;
        }

        /**
         * Sets lease.
         *
         * @param lease how long the leases should last; the hub may cap it
         * @return this
         */
        public Builder lease(Duration lease) {
            this.lease = lease;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the record
         * @throws InvalidInput if a required field is absent or a value is out of range
         */
        public ClaimRequest build() {
            return new ClaimRequest(workerId, host, limit, slots, labels, runners, holding, waitFor, lease);
        }
    }
}
