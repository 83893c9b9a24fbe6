package dev.pilot.client.call;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Makes ids and idempotency keys, so that a call whose answer was lost can be sent again and still happens once. They begin with the
 * time, because a store keeps what is in order cheaply, and end with 80 random bits.
 */
public final class FreshIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreshIds() {}

    /**
     * Makes one.
     *
     * @param prefix such as {@code evt}
     * @return such as {@code evt_01k…}; nobody has made the same
     */
    public static String next(String prefix) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        byte[] all = ByteBuffer.allocate(16)
                .putShort((short) (System.currentTimeMillis() >>> 32))
                .putInt((int) System.currentTimeMillis())
                .put(random)
                .array();
        String digits = new BigInteger(1, all).toString(32);
        return prefix + '_' + "0".repeat(26 - digits.length()) + digits;
    }
}
