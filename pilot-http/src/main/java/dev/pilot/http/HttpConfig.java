package dev.pilot.http;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.http.guard.Forwarding;
import dev.pilot.http.guard.Hops;
import dev.pilot.http.guard.RateLimits;
import dev.pilot.http.guard.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the hub is served. Defaults: {@code 127.0.0.1:7878}, only this machine's own names as hosts, no other origins.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param allowedHosts names besides {@code host} and this machine's own under which it may be called; {@code *} for any
 * @param allowedOrigins origins, such as {@code https://example.org}, whose pages may call it
 * @param maxBody the longest usual body, in bytes
 * @param maxBatch the longest body of a batch or a piece of output, in bytes
 * @param maxUpload the longest upload, in bytes
 * @param maxHeader the longest request line with its headers, in bytes
 * @param maxConnections how many connections may be open
 * @param maxAddressConnections how many connections one address may have, unless it is a trusted proxy's
 * @param threads how many threads serve requests, where the JVM has no virtual ones
 * @param idleTimeout after how long without a byte a connection is closed
 * @param headerTimeout how long a request's line and headers may take; of a connection's first one, from when it is made
 * @param bodyRate bytes a second below which a body is too slow, after its first ten seconds; 0 for however slow
 * @param rates how often may be called
 * @param trustedProxies addresses and ranges of proxies that are believed who calls through them
 * @param forwarding which headers these write
 * @param tls the certificate to serve with; null for plain HTTP
 * @param claimWait how long a claim may wait
 * @param eventWait how long a list of events may wait for the first
 * @param tokenWait how long a WebSocket may take to show its token
 * @param callerCheck how often the hub looks whether those whose calls last are still let in
 * @param heartbeat after how long without an event a stream gets a sign of life
 * @param slowReader how long a stream's reader may take for what it was sent; then it is cut off
 * @param stopTimeout how long a stop waits for requests that are being served
 */
public record HttpConfig(
        String host,
        int port,
        Set<String> allowedHosts,
        Set<String> allowedOrigins,
        int maxBody,
        int maxBatch,
        int maxUpload,
        int maxHeader,
        int maxConnections,
        int maxAddressConnections,
        int threads,
        Duration idleTimeout,
        Duration headerTimeout,
        int bodyRate,
        RateLimits rates,
        Set<String> trustedProxies,
        Forwarding forwarding,
        @Nullable Tls tls,
        Duration claimWait,
        Duration eventWait,
        Duration tokenWait,
        Duration callerCheck,
        Duration heartbeat,
        Duration slowReader,
        Duration stopTimeout) {
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST_BURST = Duration.ofHours(1);
    private static final Duration LONGEST_LOCK = Duration.ofDays(1);
    private static final int FASTEST = 1_000_000;

    /**
     * Checks everything.
     *
     * @throws InvalidInput naming all that is wrong at once
     */
    public HttpConfig {
        allowedHosts = Set.copyOf(allowedHosts);
        allowedOrigins = Set.copyOf(allowedOrigins);
        trustedProxies = Set.copyOf(trustedProxies);
        List<FieldError> wrong = new ArrayList<>();
        check(wrong, !host.isBlank(), "host", "must name an address");
        check(wrong, port >= 0 && port <= 65_535, "port", "must be from 0 to 65535, but is " + port);
        check(wrong, maxBody >= 1_024, "maxBody", "must be at least 1024, but is " + maxBody);
        check(wrong, maxBatch >= maxBody, "maxBatch", "must not be less than maxBody, but is " + maxBatch);
        check(wrong, maxUpload >= maxBatch, "maxUpload", "must not be less than maxBatch, but is " + maxUpload);
        check(wrong, maxHeader >= 1_024, "maxHeader", "must be at least 1024, but is " + maxHeader);
        check(wrong, maxConnections >= 1, "maxConnections", "must be at least 1, but is " + maxConnections);
        check(wrong, threads >= 8, "threads", "must be at least 8, but is " + threads);
        check(
                wrong,
                maxAddressConnections >= 1,
                "maxAddressConnections",
                "must be at least 1, but is " + maxAddressConnections);
        positive(wrong, idleTimeout, "idleTimeout");
        positive(wrong, headerTimeout, "headerTimeout");
        check(wrong, bodyRate >= 0, "bodyRate", "must not be negative, but is " + bodyRate);
        rate(wrong, rates.caller(), "rates.caller");
        rate(wrong, rates.address(), "rates.address");
        check(wrong, rates.failures() >= 0, "rates.failures", "must not be negative");
        check(wrong, rates.remembered() >= 1, "rates.remembered", "must be at least 1");
        check(
                wrong,
                !rates.burst().isNegative() && rates.burst().compareTo(LONGEST_BURST) <= 0,
                "rates.burst",
                "must be from 0 to an hour, but is " + rates.burst());
        positive(wrong, rates.longestWait(), "rates.longestWait");
        check(
                wrong,
                rates.longestWait().compareTo(LONGEST_LOCK) <= 0,
                "rates.longestWait",
                "must not be more than a day, but is " + rates.longestWait());
        for (String proxy : trustedProxies) {
            check(
                    wrong,
                    Hops.isRange(proxy),
                    "trustedProxies",
                    "must be addresses or ranges such as 10.0.0.0/8, but one is " + proxy);
        }
        check(wrong, !claimWait.isNegative(), "claimWait", "must not be negative");
        check(wrong, !eventWait.isNegative(), "eventWait", "must not be negative");
        positive(wrong, tokenWait, "tokenWait");
        positive(wrong, callerCheck, "callerCheck");
        positive(wrong, heartbeat, "heartbeat");
        check(
                wrong,
                heartbeat.compareTo(LONGEST_HEARTBEAT) <= 0 && heartbeat.compareTo(idleTimeout) < 0,
                "heartbeat",
                "must be 15 s or less and shorter than idleTimeout, but is " + heartbeat);
        positive(wrong, slowReader, "slowReader");
        check(wrong, !stopTimeout.isNegative(), "stopTimeout", "must not be negative");
        for (String origin : allowedOrigins) {
            check(
                    wrong,
                    origin.matches("https?://[^/?#@\\s]+"),
                    "allowedOrigins",
                    "must be like https://example.org, but one is " + origin);
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInput("invalid-configuration", wrong);
        }
    }

    private static void rate(List<FieldError> wrong, int rate, String field) {
        check(wrong, rate >= 0 && rate <= FASTEST, field, "must be from 0 to " + FASTEST + ", but is " + rate);
    }

    private static void positive(List<FieldError> wrong, Duration duration, String field) {
        check(wrong, duration.toMillis() > 0, field, "must be at least a millisecond, but is " + duration);
    }

    private static void check(List<FieldError> wrong, boolean right, String field, String problem) {
        if (!right) {
            wrong.add(new FieldError(field, problem));
        }
    }

    /**
     * The defaults.
     *
     * @return the configuration
     */
    public static HttpConfig defaults() {
        return builder().build();
    }

    /**
     * Starts with the defaults.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link HttpConfig}. Not for several threads. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port = 7878;
        private Set<String> allowedHosts = Set.of();
        private Set<String> allowedOrigins = Set.of();
        private int maxBody = 1 << 20;
        private int maxBatch = 32 << 20;
        private int maxUpload = 200_000_000;
        private int maxHeader = 16_384;
        private int maxConnections = 10_000;
        private int maxAddressConnections = 1_024;
        private int threads = 64;
        private Duration idleTimeout = Duration.ofSeconds(30);
        private Duration headerTimeout = Duration.ofSeconds(10);
        private int bodyRate = 1_024;
        private RateLimits rates = RateLimits.DEFAULTS;
        private Set<String> trustedProxies = Set.of();
        private Forwarding forwarding = Forwarding.X_FORWARDED;
        private @Nullable Tls tls;
        private Duration claimWait = Duration.ofSeconds(60);
        private Duration eventWait = Duration.ofSeconds(60);
        private Duration tokenWait = Duration.ofSeconds(5);
        private Duration callerCheck = Duration.ofSeconds(10);
        private Duration heartbeat = Duration.ofSeconds(15);
        private Duration slowReader = Duration.ofSeconds(10);
        private Duration stopTimeout = Duration.ofSeconds(5);

        private Builder() {}

        /**
         * Sets host.
         *
         * @param host the address to listen on
         * @return this
         */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets port.
         *
         * @param port the port; 0 for any that is free
         * @return this
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets allowedHosts.
         *
         * @param allowedHosts names besides {@code host} and this machine's own under which it may be called; {@code *} for any
         * @return this
         */
        public Builder allowedHosts(Set<String> allowedHosts) {
            this.allowedHosts = allowedHosts;
            return this;
        }

        /**
         * Sets allowedOrigins.
         *
         * @param allowedOrigins origins, such as {@code https://example.org}, whose pages may call it
         * @return this
         */
        public Builder allowedOrigins(Set<String> allowedOrigins) {
            this.allowedOrigins = allowedOrigins;
            return this;
        }

        /**
         * Sets maxBody.
         *
         * @param maxBody the longest usual body, in bytes
         * @return this
         */
        public Builder maxBody(int maxBody) {
            this.maxBody = maxBody;
            return this;
        }

        /**
         * Sets maxBatch.
         *
         * @param maxBatch the longest body of a batch or a piece of output, in bytes
         * @return this
         */
        public Builder maxBatch(int maxBatch) {
            this.maxBatch = maxBatch;
            return this;
        }

        /**
         * Sets maxUpload.
         *
         * @param maxUpload the longest upload, in bytes
         * @return this
         */
        public Builder maxUpload(int maxUpload) {
            this.maxUpload = maxUpload;
            return this;
        }

        /**
         * Sets maxHeader.
         *
         * @param maxHeader the longest request line with its headers, in bytes
         * @return this
         */
        public Builder maxHeader(int maxHeader) {
            this.maxHeader = maxHeader;
            return this;
        }

        /**
         * Sets maxConnections.
         *
         * @param maxConnections how many connections may be open
         * @return this
         */
        public Builder maxConnections(int maxConnections) {
            this.maxConnections = maxConnections;
            return this;
        }

        /**
         * Sets maxAddressConnections.
         *
         * @param maxAddressConnections how many connections one address may have, unless it is a trusted proxy's
         * @return this
         */
        public Builder maxAddressConnections(int maxAddressConnections) {
            this.maxAddressConnections = maxAddressConnections;
            return this;
        }

        /**
         * Sets threads.
         *
         * @param threads how many threads serve requests, where the JVM has no virtual ones
         * @return this
         */
        public Builder threads(int threads) {
            this.threads = threads;
            return this;
        }

        /**
         * Sets idleTimeout.
         *
         * @param idleTimeout after how long without a byte a connection is closed
         * @return this
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /**
         * Sets headerTimeout.
         *
         * @param headerTimeout how long a request's line and headers may take; of a connection's first one, from when it is made
         * @return this
         */
        public Builder headerTimeout(Duration headerTimeout) {
            this.headerTimeout = headerTimeout;
            return this;
        }

        /**
         * Sets bodyRate.
         *
         * @param bodyRate bytes a second below which a body is too slow, after its first ten seconds; 0 for however slow
         * @return this
         */
        public Builder bodyRate(int bodyRate) {
            this.bodyRate = bodyRate;
            return this;
        }

        /**
         * Sets rates.
         *
         * @param rates how often may be called
         * @return this
         */
        public Builder rates(RateLimits rates) {
            this.rates = rates;
            return this;
        }

        /**
         * Sets trustedProxies.
         *
         * @param trustedProxies addresses and ranges of proxies that are believed who calls through them
         * @return this
         */
        public Builder trustedProxies(Set<String> trustedProxies) {
            this.trustedProxies = trustedProxies;
            return this;
        }

        /**
         * Sets forwarding.
         *
         * @param forwarding which headers these write
         * @return this
         */
        public Builder forwarding(Forwarding forwarding) {
            this.forwarding = forwarding;
            return this;
        }

        /**
         * Sets tls.
         *
         * @param tls the certificate to serve with; null for plain HTTP
         * @return this
         */
        public Builder tls(@Nullable Tls tls) {
            this.tls = tls;
            return this;
        }

        /**
         * Sets claimWait.
         *
         * @param claimWait how long a claim may wait
         * @return this
         */
        public Builder claimWait(Duration claimWait) {
            this.claimWait = claimWait;
            return this;
        }

        /**
         * Sets eventWait.
         *
         * @param eventWait how long a list of events may wait for the first
         * @return this
         */
        public Builder eventWait(Duration eventWait) {
            this.eventWait = eventWait;
            return this;
        }

        /**
         * Sets tokenWait.
         *
         * @param tokenWait how long a WebSocket may take to show its token
         * @return this
         */
        public Builder tokenWait(Duration tokenWait) {
            this.tokenWait = tokenWait;
            return this;
        }

        /**
         * Sets callerCheck.
         *
         * @param callerCheck how often the hub looks whether those whose calls last are still let in
         * @return this
         */
        public Builder callerCheck(Duration callerCheck) {
            this.callerCheck = callerCheck;
            return this;
        }

        /**
         * Sets heartbeat.
         *
         * @param heartbeat after how long without an event a stream gets a sign of life
         * @return this
         */
        public Builder heartbeat(Duration heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        /**
         * Sets slowReader.
         *
         * @param slowReader how long a stream's reader may take for what it was sent; then it is cut off
         * @return this
         */
        public Builder slowReader(Duration slowReader) {
            this.slowReader = slowReader;
            return this;
        }

        /**
         * Sets stopTimeout.
         *
         * @param stopTimeout how long a stop waits for requests that are being served
         * @return this
         */
        public Builder stopTimeout(Duration stopTimeout) {
            this.stopTimeout = stopTimeout;
            return this;
        }

        /**
         * Makes it.
         *
         * @return the configuration
         * @throws InvalidInput naming all that is wrong at once
         */
        public HttpConfig build() {
            return new HttpConfig(
                    host,
                    port,
                    allowedHosts,
                    allowedOrigins,
                    maxBody,
                    maxBatch,
                    maxUpload,
                    maxHeader,
                    maxConnections,
                    maxAddressConnections,
                    threads,
                    idleTimeout,
                    headerTimeout,
                    bodyRate,
                    rates,
                    trustedProxies,
                    forwarding,
                    tls,
                    claimWait,
                    eventWait,
                    tokenWait,
                    callerCheck,
                    heartbeat,
                    slowReader,
                    stopTimeout);
        }
    }
}
