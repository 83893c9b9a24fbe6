package dev.pilot.core.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.pilot.api.value.Json;
import dev.pilot.core.secret.KeyFile;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.Fingerprint;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens of sessions are signed with, from a {@link KeyFile} of the data directory. The first signs; all are known, so that
 * one can be put before another that is to go.
 */
final class SessionKeys {
    private static final String FILE = "session.keys";
    private static final int NAME = 16;

    private final Key signing;
    private final Map<String, Key> byHeader = new LinkedHashMap<>();

    /**
     * A key.
     *
     * @param header the one header, in base64, that a token signed with it has
     * @param signer signs
     * @param verifier verifies
     * @param secret the key as the file has it
     */
    record Key(String header, MACSigner signer, MACVerifier verifier, String secret) {}

    /**
     * Reads the keys; a file that is not there is made with a new one.
     *
     * @throws dev.pilot.api.error.Unavailable with code {@code key-file} if it can't be used
     */
    SessionKeys(DataDirectory data) {
        List<Key> keys = KeyFile.openOrMake(data.root().resolve(FILE)).stream()
                .map(SessionKeys::key)
                .toList();
        this.signing = keys.get(0);
        keys.forEach(key -> byHeader.put(key.header(), key));
    }

    private static Key key(byte[] secret) {
        String name = Fingerprint.sha256(secret).substring(0, NAME);
        String header =
                Json.object("alg", "HS256", "typ", "at+jwt", "kid", name).toString();
        try {
            return new Key(
                    Base64URL.encode(header).toString(),
                    new MACSigner(secret),
                    new MACVerifier(secret),
                    HexFormat.of().formatHex(secret));
        } catch (JOSEException impossible) {
            throw new AssertionError("256 bits are enough for HMAC-SHA256", impossible);
        }
    }

    Key signing() {
        return signing;
    }

    /** The key of exactly this header, so that nothing of a header is ever believed. */
    @Nullable
    Key of(String header) {
        return byHeader.get(header);
    }

    List<String> secrets() {
        return byHeader.values().stream().map(Key::secret).toList();
    }
}
