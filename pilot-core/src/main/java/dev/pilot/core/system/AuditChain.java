package dev.pilot.core.system;

import dev.pilot.api.store.AuditRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How the records of the audit log hang together: the hash of each is over all its fields and the hash before it. The bytes that are hashed
 * are the fields in a fixed order, each with its length, so that no two records have the same.
 */
public final class AuditChain {
    private static final int FORM = 1;
    private static final int ABSENT = -1;

    private AuditChain() {}

    /**
     * What stands before the first record.
     *
     * @param hubId the hub's id, so that no other hub's log can be put in the place of this one's
     * @return a hash in hexadecimal
     */
    public static String start(String hubId) {
        MessageDigest digest = sha256();
        text(digest, "pilot audit log");
        text(digest, hubId);
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * A record's hash.
     *
     * @param before the hash of the record before it
     * @param row the record; the hash in it doesn't count
     * @return the hash in hexadecimal
     */
    public static String hash(String before, AuditRow row) {
        MessageDigest digest = sha256();
        text(digest, before);
        number(digest, (long) FORM);
        number(digest, row.sequence());
        text(digest, row.id());
        number(digest, row.at());
        text(digest, row.who());
        text(digest, row.kind());
        text(digest, row.operation());
        text(digest, row.target());
        text(digest, row.decision());
        text(digest, row.runId());
        text(digest, row.projectId());
        text(digest, row.reason());
        number(digest, row.bytes());
        text(digest, row.host());
        text(digest, row.workerId());
        number(digest, row.happenedAt());
        text(digest, row.data());
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * A time as records hold it.
     *
     * @param time the time
     * @return microseconds since 1970
     */
    public static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000L);
    }

    /**
     * A time as records hold it.
     *
     * @param micros microseconds since 1970
     * @return the time
     */
    public static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static void text(MessageDigest digest, @Nullable String text) {
        if (text == null) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(ABSENT).array());
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, @Nullable Long number) {
        if (number == null) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(ABSENT).array());
        } else {
            digest.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                    .putInt(Long.BYTES)
                    .putLong(number)
                    .array());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
