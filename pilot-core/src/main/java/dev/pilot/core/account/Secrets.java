package dev.pilot.core.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.core.system.Ids;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Secrets with a shape of their own: a prefix, parts of 256 random bits, and a checksum, all in letters and digits. Whoever looks for leaked
 * secrets knows them by it, and what is misspelled is refused without asking the store.
 */
final class Secrets {
    /** Of tokens that the hub keeps: one part. */
    static final String TOKEN = "pilot_";
    /** Of refresh tokens: what all of a session have in common, and what is this one's alone. */
    static final String REFRESH = "pilotr_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int PART_BYTES = 32;
    private static final int PART = 43;
    private static final int CHECK = 6;

    private Secrets() {}

    static String part() {
        return text(new BigInteger(1, Ids.random(PART_BYTES)), PART);
    }

    static String of(String prefix, String... parts) {
        String text = prefix + String.join("", parts);
        return text + checksum(text);
    }

    static boolean isWellFormed(String prefix, int parts, String shown) {
        int behind = shown.length() - CHECK;
        return shown.startsWith(prefix)
                && behind == prefix.length() + parts * PART
                && shown.substring(behind).equals(checksum(shown.substring(0, behind)));
    }

    /** A part of a well-formed secret, the first being 0. */
    static String part(String prefix, int index, String shown) {
        int from = prefix.length() + index * PART;
        return shown.substring(from, from + PART);
    }

    /** What is kept. Of 256 random bits, no salt or cost is needed to keep them from being guessed. */
    static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JVM knows SHA-256", impossible);
        }
    }

    /** In a time that tells nothing of where they differ. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return text(BigInteger.valueOf(crc.getValue()), CHECK);
    }

    private static String text(BigInteger number, int length) {
        char[] text = new char[length];
        BigInteger left = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] divided = left.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(divided[1].intValue());
            left = divided[0];
        }
        return new String(text);
    }
}
