package dev.pilot.core.secret;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.core.system.Fingerprint;
import dev.pilot.core.system.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts values that the database keeps for somebody, with AES-256-GCM and a key that is not in the database. A sealed value is bound to
 * its owner: copied to another row it can't be opened. Threads may share it.
 *
 * <p>The text is {@code sealed:1:<key>:<value>}, where {@code <key>} names the key and {@code <value>} is a random nonce of 96 bits, the
 * encrypted value and a tag of 128 bits in URL-safe Base64. To change the key, put a new one before the others in the file: what was sealed
 * before can still be opened, and is sealed with the new one when it is written again.
 */
public final class SealedValues {
    private static final String FORM = "sealed:1:";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int NAME = 16;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final String current;

    /**
     * Reads the keys; a file that is not there is made with a new one.
     *
     * @param file the key file, mode 0600
     * @throws dev.pilot.api.error.Unavailable with code {@code key-file} if it can't be used
     */
    public SealedValues(Path file) {
        for (byte[] key : KeyFile.openOrMake(file)) {
            keys.put(Fingerprint.sha256(key).substring(0, NAME), new SecretKeySpec(key, "AES"));
        }
        this.current = keys.keySet().iterator().next();
    }

    /**
     * Encrypts a value.
     *
     * @param owner whose it is, such as {@code app/app_1/DATABASE_URL}; needed to open it again
     * @param value the value
     * @return text for the database; another one each time
     */
    public String seal(String owner, String value) {
        byte[] nonce = Ids.random(NONCE);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, current, owner, nonce, value.getBytes(StandardCharsets.UTF_8));
        byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE, sealed.length);
        return FORM + current + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * Decrypts a value.
     *
     * @param owner whose it is
     * @param text what {@link #seal} made
     * @return the value
     * @throws NotAllowed with code {@code not-sealed} if it is no sealed value, {@code seal-broken} if it was altered or is another owner's, or
     *     {@code seal-key-missing} if the key that it was sealed with is not in the file
     */
    public String open(String owner, String text) {
        int end = text.indexOf(':', FORM.length());
        if (!text.startsWith(FORM) || end < 0) {
            throw new NotAllowed("not-sealed", "This is no sealed value.");
        }
        String name = text.substring(FORM.length(), end);
        if (!keys.containsKey(name)) {
            throw new NotAllowed(
                    "seal-key-missing",
                    "The key " + name + " that a value of " + owner
                            + " was sealed with is not in the key file: bring it back.");
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text.substring(end + 1));
        } catch (IllegalArgumentException notBase64) {
            throw broken(owner);
        }
        if (all.length < NONCE + TAG_BITS / Byte.SIZE) {
            throw broken(owner);
        }
        byte[] value = run(
                Cipher.DECRYPT_MODE,
                name,
                owner,
                Arrays.copyOf(all, NONCE),
                Arrays.copyOfRange(all, NONCE, all.length));
        return new String(value, StandardCharsets.UTF_8);
    }

    /**
     * Whether a value was sealed with a key that is not the one in use any more, so that it is worth sealing again.
     *
     * @param text what {@link #seal} made
     * @return true if so
     */
    public boolean isOutdated(String text) {
        return !text.startsWith(FORM + current + ":");
    }

    private byte[] run(int mode, String key, String owner, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((FORM + key + ":" + owner).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (AEADBadTagException altered) {
            throw broken(owner);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static NotAllowed broken(String owner) {
        return new NotAllowed("seal-broken", "A sealed value of " + owner + " was altered, or is somebody else's.");
    }
}
