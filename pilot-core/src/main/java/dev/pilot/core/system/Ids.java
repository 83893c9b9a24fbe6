package dev.pilot.core.system;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes ids: a prefix and 26 characters in Crockford's base 32 that sort by time. Of their 128 bits, 48 are milliseconds, 32 a counter
 * and 48 drawn once per process, so that two hubs never make the same id and one makes them quickly.
 */
public final class Ids {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final long process;
    private final AtomicInteger counter;

    /**
     * Makes a source of ids.
     *
     * @param clock tells the time that they begin with
     */
    public Ids(Clock clock) {
        this.clock = clock;
        this.process = RANDOM.nextLong() & 0xffff_ffff_ffffL;
        this.counter = new AtomicInteger(RANDOM.nextInt() >>> 1);
    }

    /**
     * Makes an id.
     *
     * @param prefix such as {@code run}
     * @return the id, such as {@code run_01j…}
     */
    public String next(String prefix) {
        int count = counter.getAndIncrement();
        long high = clock.millis() << 16 | count >>> 16;
        long low = (long) count << 48 | process;
        return prefix + '_' + text(high, low);
    }

    /**
     * Makes a secret that can't be guessed: 160 random bits.
     *
     * @return the secret as text
     */
    public static String secret() {
        byte[] bytes = bytes(20);
        StringBuilder text = new StringBuilder(32);
        for (int bit = 0; bit < 160; bit += 5) {
            int from = bit / 8;
            int pair = (bytes[from] & 0xff) << 8 | (from + 1 < bytes.length ? bytes[from + 1] & 0xff : 0);
            text.append(DIGITS[pair >> 11 - bit % 8 & 31]);
        }
        return text.toString();
    }

    /**
     * Draws random bytes, for keys and the like.
     *
     * @param count how many
     * @return bytes that can't be guessed
     */
    public static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String text(long high, long low) {
        char[] text = new char[26];
        for (int i = 25; i >= 0; i--) {
            text[i] = DIGITS[(int) (low & 31)];
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(text);
    }
}
