package dev.pilot.http.guard;

import java.time.Duration;

/**
 * How often may be called. The defaults are far beyond what workers and clients do, and below what drowns a hub.
 *
 * @param caller requests a second of one token; 0 for any number
 * @param address requests a second of one address, whatever tokens it shows; 0 for any number
 * @param burst so much of these may come at once that it takes this long to earn it back
 * @param failures how many different wrong credentials of one address, and how often the same one, before there is a wait, each
 *     time twice as long; 0 for any number
 * @param longestWait the longest such wait; after so long a wait without another failure all is forgotten
 * @param remembered how many callers, addresses and wrong credentials are counted, of each; beyond that, those that were quiet longest
 *     are forgotten
 */
public record RateLimits(int caller, int address, Duration burst, int failures, Duration longestWait, int remembered) {
    /** 1,000 a second of a token, 2,000 of an address, ten seconds of it at once; 20 failures. */
    public static final RateLimits DEFAULTS =
            new RateLimits(1_000, 2_000, Duration.ofSeconds(10), 20, Duration.ofMinutes(15), 50_000);

    /** Nothing is counted: for measuring, and behind something else that counts. */
    public static final RateLimits NONE = new RateLimits(0, 0, Duration.ofSeconds(10), 0, Duration.ofMinutes(15), 1);
}
