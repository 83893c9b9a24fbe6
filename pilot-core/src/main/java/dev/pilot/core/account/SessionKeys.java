package dev.pilot.core.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.DataDirectory;
import dev.pilot.core.system.Ids;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that tokens of sessions are signed with: a file of the data directory, a line for each, its name and its 256 bits. The first
 * signs; all are known, so that one can be put before another that is to go.
 */
final class SessionKeys {
    private static final String FILE = "session.keys";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final int BYTES = 32;

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

    SessionKeys(DataDirectory data) {
        List<Key> keys = new ArrayList<>();
        data.secretFile(FILE, () -> name() + " " + Base64URL.encode(Ids.random(BYTES)) + "\n")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> keys.add(key(line.strip().split("\\s+"))));
        if (keys.isEmpty()) {
            throw unreadable(null);
        }
        this.signing = keys.get(0);
        keys.forEach(key -> byHeader.put(key.header(), key));
    }

    private static String name() {
        return Ids.secret().substring(0, 8);
    }

    private static Key key(String[] words) {
        if (words.length != 2 || !NAME.matcher(words[0]).matches()) {
            throw unreadable(null);
        }
        byte[] secret = new Base64URL(words[1]).decode();
        if (secret.length != BYTES) {
            throw unreadable(null);
        }
        String header =
                Json.object("alg", "HS256", "typ", "at+jwt", "kid", words[0]).toString();
        try {
            return new Key(
                    Base64URL.encode(header).toString(), new MACSigner(secret), new MACVerifier(secret), words[1]);
        } catch (JOSEException e) {
            throw unreadable(e);
        }
    }

    private static Unavailable unreadable(@Nullable Throwable cause) {
        return new Unavailable(
                "session-keys",
                "The file " + FILE
                        + " of the data directory has lines that are no name and key of 256 bits in base64url: mend"
                        + " it, or delete it and have a new one made; who is logged in then gets a new token by himself.",
                cause);
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
