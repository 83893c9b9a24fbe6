package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a hub is set up. Everything but the data directory has a default.
 *
 * @param dataDirectory where everything lies that the instance is; made where it is not there
 * @param storeUrl the store's JDBC URL; null for SQLite in the data directory
 * @param adminToken the admin's token; null to have one made in {@code admin.token}
 * @param agentToken the agents' token; null for none
 * @param workerToken the workers' token; null for none
 * @param secrets values to redact wherever they appear
 * @param environment this process's variables, of which runs see only what is allowed
 * @param maxLease the longest lease that a worker may ask for
 * @param maxClaimWait the longest that a claim may wait
 * @param sweepEvery how often leases and decisions without effect are looked after
 * @param externalSilence after which silence an external run fails
 * @param agentProposes whether what agents would change only becomes a proposal
 * @param fourEyes whether whoever asks for an approval may not decide it
 * @param approvalExpiry after how long an approval that nobody has decided means no
 * @param retryPause how long a run pauses after its first failed attempt; after each further one twice as long
 * @param maxRetryPause the longest such pause
 * @param maxOutput how many bytes of output the hub keeps of one stream of an attempt
 * @param maxArtifact how many bytes an artifact may have
 * @param following what following events may cost
 * @param access how callers come in
 * @param auditRetention how long audit events are kept
 * @param auditSeal how often the newest audit event is sealed
 * @param clock tells the time; for tests
 */
public record PilotConfig(
        Path dataDirectory,
        @Nullable String storeUrl,
        @Nullable String adminToken,
        @Nullable String agentToken,
        @Nullable String workerToken,
        List<String> secrets,
        Map<String, String> environment,
        Duration maxLease,
        Duration maxClaimWait,
        Duration sweepEvery,
        Duration externalSilence,
        boolean agentProposes,
        boolean fourEyes,
        Duration approvalExpiry,
        Duration retryPause,
        Duration maxRetryPause,
        long maxOutput,
        long maxArtifact,
        FollowLimits following,
        AccessConfig access,
        Duration auditRetention,
        Duration auditSeal,
        Clock clock) {
    /**
     * Checks it all.
     *
     * @throws InvalidInput if something is out of range; it names it all
     */
    public PilotConfig {
        InvalidInput.required(dataDirectory, "dataDirectory");
        secrets = List.copyOf(secrets);
        environment = Map.copyOf(environment);
        List<FieldError> problems = new ArrayList<>();
        token(problems, "adminToken", adminToken);
        token(problems, "agentToken", agentToken);
        token(problems, "workerToken", workerToken);
        positive(problems, "maxLease", maxLease);
        positive(problems, "sweepEvery", sweepEvery);
        positive(problems, "externalSilence", externalSilence);
        positive(problems, "approvalExpiry", approvalExpiry);
        positive(problems, "auditRetention", auditRetention);
        positive(problems, "auditSeal", auditSeal);
        if (retryPause.isNegative() || retryPause.compareTo(maxRetryPause) > 0) {
            problems.add(new FieldError(
                    "retryPause",
                    "must be from nothing to maxRetryPause, " + maxRetryPause + ", but is " + retryPause));
        }
        range(problems, "maxOutput", maxOutput, Long.MAX_VALUE);
        range(problems, "maxArtifact", maxArtifact, Integer.MAX_VALUE - 16L);
        if (storeUrl != null && !storeUrl.startsWith("jdbc:")) {
            problems.add(new FieldError(
                    "storeUrl", "must be a JDBC URL, such as jdbc:sqlite:data/control_plane/pilot.sqlite3"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }

    /**
     * Starts one.
     *
     * @param dataDirectory where everything lies that the instance is
     * @return a builder
     */
    public static Builder builder(Path dataDirectory) {
        return new Builder(dataDirectory);
    }

    /** Hides the tokens and secrets. */
    @Override
    public String toString() {
        return "PilotConfig[dataDirectory=" + dataDirectory + "]";
    }

    private static void token(List<FieldError> problems, String field, @Nullable String token) {
        if (token != null && token.length() < 16) {
            problems.add(new FieldError(field, "must have 16 characters at least"));
        }
    }

    private static void range(List<FieldError> problems, String field, long value, long most) {
        if (value < 1 || value > most) {
            problems.add(new FieldError(field, "must be from 1 to " + most + ", but is " + value));
        }
    }

    private static void positive(List<FieldError> problems, String field, Duration value) {
        if (value.isNegative() || value.isZero()) {
            problems.add(new FieldError(field, "must be more than nothing, but is " + value));
        }
    }

    /**
     * Builds a {@link PilotConfig}. Defaults: SQLite in the data directory, leases of at most 10 min, claims that wait at most 60 s, a
     * sweep every second, external runs silent for at most 1 h, approvals that wait for 30 days at most, pauses of 1 s to
     * 5 min after failures, 1 GiB of output per stream, 64 MiB per artifact.
     */
    public static final class Builder {
        private final Path dataDirectory;
        private @Nullable String storeUrl;
        private @Nullable String adminToken;
        private @Nullable String agentToken;
        private @Nullable String workerToken;
        private List<String> secrets = List.of();
        private Map<String, String> environment = Environment.variables();
        private Duration maxLease = Duration.ofMinutes(10);
        private Duration maxClaimWait = Duration.ofSeconds(60);
        private Duration sweepEvery = Duration.ofSeconds(1);
        private Duration externalSilence = Duration.ofHours(1);
        private boolean agentProposes;
        private boolean fourEyes;
        private Duration approvalExpiry = Duration.ofDays(30);
        private Duration retryPause = Duration.ofSeconds(1);
        private Duration maxRetryPause = Duration.ofMinutes(5);
        private long maxOutput = 1L << 30;
        private long maxArtifact = 64L << 20;
        private FollowLimits following = FollowLimits.DEFAULTS;
        private AccessConfig access = AccessConfig.DEFAULTS;
        private Duration auditRetention = Duration.ofDays(90);
        private Duration auditSeal = Duration.ofMinutes(1);
        private Clock clock = Clock.systemUTC();

        private Builder(Path dataDirectory) {
            this.dataDirectory = dataDirectory;
        }

        /**
         * Sets storeUrl.
         *
         * @param storeUrl the store's JDBC URL; null for SQLite in the data directory
         * @return this
         */
        public Builder storeUrl(@Nullable String storeUrl) {
            this.storeUrl = storeUrl;
            return this;
        }

        /**
         * Sets adminToken.
         *
         * @param adminToken the admin's token, 16 characters at least; null to have one made
         * @return this
         */
        public Builder adminToken(@Nullable String adminToken) {
            this.adminToken = adminToken;
            return this;
        }

        /**
         * Sets agentToken.
         *
         * @param agentToken the agents' token, 16 characters at least; null for none
         * @return this
         */
        public Builder agentToken(@Nullable String agentToken) {
            this.agentToken = agentToken;
            return this;
        }

        /**
         * Sets workerToken.
         *
         * @param workerToken the workers' token, 16 characters at least; null for none
         * @return this
         */
        public Builder workerToken(@Nullable String workerToken) {
            this.workerToken = workerToken;
            return this;
        }

        /**
         * Sets secrets.
         *
         * @param secrets values to redact wherever they appear
         * @return this
         */
        public Builder secrets(List<String> secrets) {
            this.secrets = secrets;
            return this;
        }

        /**
         * Sets environment.
         *
         * @param environment this process's variables, of which runs see only what is allowed
         * @return this
         */
        public Builder environment(Map<String, String> environment) {
            this.environment = environment;
            return this;
        }

        /**
         * Sets maxLease.
         *
         * @param maxLease the longest lease that a worker may ask for
         * @return this
         */
        public Builder maxLease(Duration maxLease) {
            this.maxLease = maxLease;
            return this;
        }

        /**
         * Sets maxClaimWait.
         *
         * @param maxClaimWait the longest that a claim may wait
         * @return this
         */
        public Builder maxClaimWait(Duration maxClaimWait) {
            this.maxClaimWait = maxClaimWait;
            return this;
        }

        /**
         * Sets sweepEvery.
         *
         * @param sweepEvery how often leases and decisions without effect are looked after
         * @return this
         */
        public Builder sweepEvery(Duration sweepEvery) {
            this.sweepEvery = sweepEvery;
            return this;
        }

        /**
         * Sets agentProposes.
         *
         * @param agentProposes whether what agents would change only becomes a proposal; false by default
         * @return this
         */
        public Builder agentProposes(boolean agentProposes) {
            this.agentProposes = agentProposes;
            return this;
        }

        /**
         * Sets fourEyes.
         *
         * @param fourEyes whether whoever asks for an approval may not decide it; false by default
         * @return this
         */
        public Builder fourEyes(boolean fourEyes) {
            this.fourEyes = fourEyes;
            return this;
        }

        /**
         * Sets approvalExpiry.
         *
         * @param approvalExpiry after how long an approval that nobody has decided means no; 30 days by default
         * @return this
         */
        public Builder approvalExpiry(Duration approvalExpiry) {
            this.approvalExpiry = approvalExpiry;
            return this;
        }

        /**
         * Sets retryPause and maxRetryPause.
         *
         * @param first how long a run pauses after its first failed attempt; after each further one twice as long
         * @param longest the longest such pause
         * @return this
         */
        public Builder retryPause(Duration first, Duration longest) {
            this.retryPause = first;
            this.maxRetryPause = longest;
            return this;
        }

        /**
         * Sets externalSilence.
         *
         * @param externalSilence after which silence an external run fails
         * @return this
         */
        public Builder externalSilence(Duration externalSilence) {
            this.externalSilence = externalSilence;
            return this;
        }

        /**
         * Sets maxOutput.
         *
         * @param maxOutput how many bytes of output are kept of one stream of an attempt
         * @return this
         */
        public Builder maxOutput(long maxOutput) {
            this.maxOutput = maxOutput;
            return this;
        }

        /**
         * Sets maxArtifact.
         *
         * @param maxArtifact how many bytes an artifact may have
         * @return this
         */
        public Builder maxArtifact(long maxArtifact) {
            this.maxArtifact = maxArtifact;
            return this;
        }

        /**
         * Sets following.
         *
         * @param following what following events may cost
         * @return this
         */
        public Builder following(FollowLimits following) {
            this.following = following;
            return this;
        }

        /**
         * Sets access.
         *
         * @param access how callers come in
         * @return this
         */
        public Builder access(AccessConfig access) {
            this.access = access;
            return this;
        }

        /**
         * Sets auditRetention.
         *
         * @param auditRetention how long audit events are kept; 90 days by default
         * @return this
         */
        public Builder auditRetention(Duration auditRetention) {
            this.auditRetention = auditRetention;
            return this;
        }

        /**
         * Sets auditSeal.
         *
         * @param auditSeal how often the newest audit event is sealed; every minute by default
         * @return this
         */
        public Builder auditSeal(Duration auditSeal) {
            this.auditSeal = auditSeal;
            return this;
        }

        /**
         * Sets clock.
         *
         * @param clock tells the time; for tests
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the configuration
         * @throws InvalidInput if something is out of range; it names it all
         */
        public PilotConfig build() {
            return new PilotConfig(
                    dataDirectory,
                    storeUrl,
                    adminToken,
                    agentToken,
                    workerToken,
                    secrets,
                    environment,
                    maxLease,
                    maxClaimWait,
                    sweepEvery,
                    externalSilence,
                    agentProposes,
                    fourEyes,
                    approvalExpiry,
                    retryPause,
                    maxRetryPause,
                    maxOutput,
                    maxArtifact,
                    following,
                    access,
                    auditRetention,
                    auditSeal,
                    clock);
        }
    }
}
