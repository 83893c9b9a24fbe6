package dev.pilot.core.audit;

import dev.pilot.api.store.AuditAnchor;
import dev.pilot.core.secret.KeyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals places of the audit log with a key that the database doesn't hold: HMAC-SHA-256. Who can write to the database alone can't make a
 * seal. Threads may share it.
 */
final class AuditSeal {
    private static final String ALGORITHM = "HmacSHA256";

    private final String hubId;
    private final List<SecretKeySpec> keys;

    /**
     * Reads the key; one that is not there is made.
     *
     * @param file the key file
     * @param hubId whose log it is
     */
    AuditSeal(Path file, String hubId) {
        this.hubId = hubId;
        this.keys = KeyFile.openOrMake(file).stream()
                .map(key -> new SecretKeySpec(key, ALGORITHM))
                .toList();
    }

    /** An anchor, sealed with the key in use. */
    AuditAnchor anchor(long sequence, long at, String hash, boolean pruned) {
        return new AuditAnchor(sequence, at, hash, pruned, seal(keys.get(0), sequence, at, hash, pruned));
    }

    /** Whether the hub sealed this, with its key or one before it. */
    boolean isOurs(AuditAnchor anchor) {
        byte[] shown = anchor.seal().getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> seal(key, anchor.sequence(), anchor.at(), anchor.hash(), anchor.pruned()))
                .anyMatch(seal -> MessageDigest.isEqual(seal.getBytes(StandardCharsets.UTF_8), shown));
    }

    private String seal(SecretKeySpec key, long sequence, long at, String hash, boolean pruned) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // A hub's id and a hash hold no line ends, so no two anchors have the same text.
            String text = String.join(
                    "\n",
                    "pilot audit anchor 1",
                    hubId,
                    Long.toString(sequence),
                    Long.toString(at),
                    Boolean.toString(pruned),
                    hash);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
