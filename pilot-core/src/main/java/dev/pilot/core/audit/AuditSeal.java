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
import org.jspecify.annotations.Nullable;

/**
 * Seals places of the audit log with a key that the database doesn't hold: HMAC-SHA-256. Who can write to the database alone can't make a
 * seal. Threads may share it.
 */
final class AuditSeal {
    private static final String ALGORITHM = "HmacSHA256";

    private final String hubId;
    private final List<SecretKeySpec> keys;

    private AuditSeal(List<byte[]> keys, String hubId) {
        this.hubId = hubId;
        this.keys = keys.stream().map(key -> new SecretKeySpec(key, ALGORITHM)).toList();
    }

    /**
     * Reads the key.
     *
     * @param file the key file
     * @param hubId whose log it is
     */
    static AuditSeal open(Path file, String hubId) {
        return new AuditSeal(KeyFile.open(file), hubId);
    }

    /**
     * Reads the key; one that is not there is made.
     *
     * @param file the key file
     * @param hubId whose log it is
     */
    static AuditSeal openOrMake(Path file, String hubId) {
        return new AuditSeal(KeyFile.openOrMake(file), hubId);
    }

    /**
     * An anchor, sealed with the key in use.
     *
     * @param place what it seals
     * @param sealedAt the hub's time
     * @param before the anchor before it, null for the first
     */
    AuditAnchor anchor(Place place, long sealedAt, @Nullable AuditAnchor before) {
        return sealed(new AuditAnchor(
                place.sequence(),
                place.at(),
                place.hash(),
                sealedAt,
                before == null ? 0 : before.sequence(),
                before == null ? "" : before.hash(),
                false,
                ""));
    }

    /** The same, with the records up to there given up. */
    AuditAnchor pruned(AuditAnchor anchor) {
        return marked(anchor, true);
    }

    /** The same, as it was sealed at first. */
    AuditAnchor unpruned(AuditAnchor anchor) {
        return marked(anchor, false);
    }

    private AuditAnchor marked(AuditAnchor anchor, boolean pruned) {
        return anchor.pruned() == pruned
                ? anchor
                : sealed(new AuditAnchor(
                        anchor.sequence(),
                        anchor.at(),
                        anchor.hash(),
                        anchor.sealedAt(),
                        anchor.previous(),
                        anchor.previousHash(),
                        pruned,
                        ""));
    }

    private AuditAnchor sealed(AuditAnchor anchor) {
        return new AuditAnchor(
                anchor.sequence(),
                anchor.at(),
                anchor.hash(),
                anchor.sealedAt(),
                anchor.previous(),
                anchor.previousHash(),
                anchor.pruned(),
                seal(keys.get(0), anchor));
    }

    /** Whether the hub sealed this, with its key or one before it. */
    boolean isOurs(AuditAnchor anchor) {
        byte[] shown = anchor.seal().getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> seal(key, anchor))
                .anyMatch(seal -> MessageDigest.isEqual(seal.getBytes(StandardCharsets.UTF_8), shown));
    }

    private String seal(SecretKeySpec key, AuditAnchor anchor) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // None of these holds a line end that the hub wrote, so no two anchors of the hub's have the same text.
            String text = String.join(
                    "\n",
                    "pilot audit anchor 2",
                    hubId,
                    Long.toString(anchor.sequence()),
                    Long.toString(anchor.at()),
                    anchor.hash(),
                    Long.toString(anchor.sealedAt()),
                    Long.toString(anchor.previous()),
                    anchor.previousHash(),
                    Boolean.toString(anchor.pruned()));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
