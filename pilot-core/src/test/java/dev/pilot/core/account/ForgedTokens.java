package dev.pilot.core.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What has been tried against JWTs, made out of a good one: the published attacks, what could be sent if the key were known but the claims
 * wrong, and mutations.
 */
final class ForgedTokens {
    private static final List<String> ALGORITHMS = List.of(
            "none",
            "None",
            "NONE",
            "nOnE",
            "",
            " ",
            "null",
            "hs256",
            "Hs256",
            "HS-256",
            "HS256 ",
            "\\u0048S256",
            "HS1",
            "HS384",
            "HS512",
            "RS256",
            "RS384",
            "RS512",
            "PS256",
            "ES256",
            "ES256K",
            "ES384",
            "EdDSA",
            "Ed25519",
            "dir",
            "A128KW",
            "A256GCMKW",
            "RSA-OAEP",
            "RSA1_5",
            "ECDH-ES",
            "PBES2-HS256+A128KW");

    private final String good;
    private final String header;
    private final String payload;
    private final String signature;
    private final byte[] key;
    private final Set<String> forged = new LinkedHashSet<>();

    /**
     * Of a good one.
     *
     * @param good the token
     * @param key what it is signed with
     */
    ForgedTokens(String good, byte[] key) {
        String[] parts = good.split("\\.");
        this.good = good;
        this.header = text(parts[0]);
        this.payload = text(parts[1]);
        this.signature = parts[2];
        this.key = key.clone();
    }

    Set<String> all(String other, Instant now) throws GeneralSecurityException {
        algorithms();
        headers();
        foreignKeys();
        claims(now);
        serializations();
        exchanged(other);
        mutations();
        forged.remove(good);
        forged.remove(other);
        return forged;
    }

    private void algorithms() throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            String claimed = header.replace("HS256", algorithm);
            String input = encode(claimed) + "." + encode(payload);
            forged.add(input + ".");
            forged.add(input + "." + signature);
            forged.add(input);
            for (String mac : List.of("HmacSHA256", "HmacSHA384", "HmacSHA512", "HmacSHA1")) {
                forged.add(input + "." + mac(mac, key, input));
            }
        }
        forged.add(encode(header) + "." + encode(payload) + ".");
        forged.add(encode(header) + "." + encode(payload));
        for (String bare :
                List.of("{\"alg\":\"none\"}", "{\"alg\":\"none\",\"typ\":\"JWT\"}", "{}", "[]", "null", "")) {
            forged.add(encode(bare) + "." + encode(payload) + ".");
            forged.add(signed(bare, payload));
        }
    }

    /** Signed with the right key, so that nothing but the header can be what they are refused for. */
    private void headers() throws GeneralSecurityException {
        String open = header.substring(0, header.length() - 1);
        String kid = header.replaceAll(".*\"kid\":\"(\\w+)\".*", "$1");
        for (String more : List.of(
                "\"jku\":\"https://evil.example/jwks.json\"",
                "\"x5u\":\"https://evil.example/cert.pem\"",
                "\"jku\":\"file:///etc/passwd\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"" + encode("0".repeat(32)) + "\"}",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"\"}",
                "\"x5c\":[\"MIIB\"]",
                "\"x5t\":\"AAAA\"",
                "\"crit\":[\"exp\"]",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"enc\":\"A128GCM\"",
                "\"p2c\":2147483647",
                "\"alg\":\"HS256\"",
                "\"alg\":\"none\"",
                "\"kid\":\"" + kid + "\"",
                "\"scopes\":[\"admin\"]")) {
            forged.add(signed(open + "," + more + "}", payload));
            forged.add(signed("{" + more + "," + header.substring(1), payload));
        }
        for (String name : List.of(
                "",
                "x",
                "../../../../dev/null",
                "/dev/null",
                "x' or '1'='1",
                "x; select 1",
                "$(id)",
                kid.toUpperCase(Locale.ROOT) + "x",
                kid + " ",
                kid + "\\u0000",
                "0",
                "https://evil.example/key")) {
            forged.add(signed(header.replace(kid, name), payload));
            forged.add(encode(header.replace(kid, name)) + "." + encode(payload) + "." + signature);
        }
        for (String name : List.of("null", "0", "[\"" + kid + "\"]", "{\"$ne\":\"\"}", "true")) {
            forged.add(signed(header.replace("\"" + kid + "\"", name), payload));
        }
        forged.add(signed(header.replace(",\"kid\":\"" + kid + "\"", ""), payload));
        for (String type :
                List.of("JWT", "jwt", "AT+JWT", "at+jwt ", "application/at+jwt", "refresh+jwt", "logout+jwt")) {
            forged.add(signed(header.replace("at+jwt", type), payload));
        }
        forged.add(signed(header.replace("\"typ\":\"at+jwt\",", ""), payload));
        forged.add(signed("{\"kid\":\"" + kid + "\",\"typ\":\"at+jwt\",\"alg\":\"HS256\"}", payload));
        spaced(header).forEach(spelled -> sign(spelled, payload));
    }

    private void foreignKeys() throws GeneralSecurityException {
        byte[] zeros = new byte[32];
        List<byte[]> keys = new ArrayList<>(List.of(
                zeros,
                new byte[] {0},
                "secret".getBytes(UTF_8),
                "super-secret-key".getBytes(UTF_8),
                header.getBytes(UTF_8),
                payload.getBytes(UTF_8),
                signature.getBytes(UTF_8),
                Base64.getUrlEncoder().withoutPadding().encode(key),
                Base64.getEncoder().encode(key),
                MessageDigest.getInstance("SHA-256").digest(key)));
        for (int i = 0; i < key.length; i++) {
            byte[] near = key.clone();
            near[i] ^= 1;
            keys.add(near);
        }
        for (byte[] other : keys) {
            String input = encode(header) + "." + encode(payload);
            forged.add(input + "." + mac("HmacSHA256", other, input));
        }
        asymmetric("RSA", 2_048, "RS256", "SHA256withRSA");
        asymmetric("EC", 256, "ES256", "SHA256withECDSAinP1363Format");
        asymmetric("Ed25519", 255, "EdDSA", "Ed25519");
    }

    /** With a key pair of the attacker's: as such, brought along, and its public half taken for a secret. */
    private void asymmetric(String kind, int size, String algorithm, String name) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        byte[] known = pair.getPublic().getEncoded();
        String claimed = header.replace("HS256", algorithm);
        String brought = claimed.substring(0, claimed.length() - 1) + ",\"x5c\":[\""
                + Base64.getEncoder().encodeToString(known) + "\"]}";
        for (String shown : List.of(header, claimed, brought)) {
            String input = encode(shown) + "." + encode(payload);
            Signature signer = Signature.getInstance(name);
            signer.initSign(pair.getPrivate());
            signer.update(input.getBytes(UTF_8));
            forged.add(input + "." + encode(signer.sign()));
            forged.add(input + "." + mac("HmacSHA256", known, input));
        }
        // ECDSA's signature of nothing but zeros, which some verifiers took for any.
        forged.add(encode(claimed) + "." + encode(payload) + "." + encode(new byte[64]));
    }

    /** Signed with the right key: what a leaked or shared key alone must not be enough for. */
    private void claims(Instant now) throws GeneralSecurityException {
        long at = now.getEpochSecond();
        for (long gone : List.of(0L, 1L, 3_600L, 1_000_000L, at)) {
            times(at - gone - 900, at - gone);
        }
        for (long ahead : List.of(60L, 3_600L, 31_536_000L)) {
            times(at + ahead, at + ahead + 900);
        }
        times(at, at + 86_400);
        times(at, Long.MAX_VALUE);
        times(at, 253_402_300_800L);
        times(at, -1);
        for (String[] change : new String[][] {
            {"\"iss\":\"", "\"iss\":\"x"},
            {"\"iss\":\"pilot:", "\"iss\":\"Pilot:"},
            {"\"iss\":", "\"iss\":null,\"x\":"},
            {"\"aud\":\"", "\"aud\":\"x"},
            {"\"aud\":", "\"aud\":[],\"x\":"},
            {"\"sub\":\"", "\"sub\":\"x"},
            {"\"sub\":\"usr_", "\"sub\":\"../"},
            {"\"sub\":", "\"sub\":null,\"x\":"},
            {"\"sid\":\"", "\"sid\":\"x"},
            {"\"sid\":", "\"sid\":7,\"x\":"},
            {"\"epoch\":", "\"epoch\":1"},
            {"\"epoch\":", "\"epoch\":-"},
            {"\"epoch\":0", "\"epoch\":0.0"},
            {"\"epoch\":0", "\"epoch\":0e0"},
            {"\"epoch\":0", "\"epoch\":\"0\""},
            {"\"epoch\":0", "\"epoch\":null"},
            {"\"epoch\":0", "\"epoch\":true"},
            {"\"epoch\":0", "\"epoch\":18446744073709551616"},
            {"\"nbf\"", "\"nbF\""},
            {"\"exp\"", "\"EXP\""},
            {"\"iat\"", "\"iat2\""}
        }) {
            sign(header, payload.replace(change[0], change[1]));
        }
        for (String name : List.of("iss", "aud", "sub", "sid", "epoch", "iat", "nbf", "exp")) {
            sign(
                    header,
                    payload.replaceAll("\"" + name + "\":(\"[^\"]*\"|[0-9]+),?", "")
                            .replace(",}", "}"));
            String claim = payload.replaceAll(".*(\"" + name + "\":(?:\"[^\"]*\"|[0-9]+)).*", "$1");
            sign(header, payload.replace("}", "," + claim + "}"));
            sign(header, "{" + claim + "," + payload.substring(1));
            sign(header, payload.replace("}", ",\"" + name + "\":\"evil\"}"));
            sign(header, "{\"" + name + "\":\"evil\"," + payload.substring(1));
            sign(header, payload.replace(claim, claim.replaceAll(":.*", ":[" + claim.split(":", 2)[1] + "]")));
        }
        for (String more :
                List.of("\"scopes\":[\"admin\"]", "\"admin\":true", "\"jti\":\"1\"", "\"cnf\":{}", "\"\":0")) {
            sign(header, payload.replace("}", "," + more + "}"));
        }
        for (String other :
                List.of("", "{}", "[]", "null", "7", "\"x\"", payload + payload, payload + " ", "\uFEFF" + payload)) {
            sign(header, other);
        }
        sign(header, "{\"a\":".repeat(500) + "1" + "}".repeat(500));
        sign(header, payload.replace("}", ",\"x\":\"" + "x".repeat(100_000) + "\"}"));
        spaced(payload).forEach(spelled -> sign(header, spelled));
    }

    private void times(long from, long to) {
        sign(
                header,
                payload.replaceAll("\"iat\":[0-9]+", "\"iat\":" + from)
                        .replaceAll("\"nbf\":[0-9]+", "\"nbf\":" + from)
                        .replaceAll("\"exp\":[0-9]+", "\"exp\":" + to));
    }

    private void serializations() {
        String[] parts = good.split("\\.");
        forged.add("{\"protected\":\"" + parts[0] + "\",\"payload\":\"" + parts[1] + "\",\"signature\":\"" + parts[2]
                + "\"}");
        forged.add(good + "." + parts[2]);
        forged.add(good + ".." + parts[2]);
        forged.add(parts[0] + "..." + parts[1] + "." + parts[2]);
        forged.add("." + good);
        forged.add(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[0] + "." + parts[1]);
        forged.add(encode(good) + "." + encode(good) + "." + encode(good));
        for (int i = 0; i < 3; i++) {
            for (String tail :
                    List.of("=", "==", "%3D", "\n", "\r\n", "\u0000", " ", "\t", "A", "AA", "AAAA", "+", "/", "é")) {
                String[] changed = parts.clone();
                changed[i] += tail;
                forged.add(String.join(".", changed));
                changed = parts.clone();
                changed[i] = tail + changed[i];
                forged.add(String.join(".", changed));
            }
            String[] changed = parts.clone();
            changed[i] = "";
            forged.add(String.join(".", changed));
            changed[i] = parts[i].replace('-', '+').replace('_', '/');
            forged.add(String.join(".", changed));
            changed[i] = parts[i].toLowerCase(Locale.ROOT);
            forged.add(String.join(".", changed));
            changed[i] = parts[i].repeat(50);
            forged.add(String.join(".", changed));
        }
        forged.add(good + good);
        forged.add("Bearer " + good);
        forged.add("A".repeat(4_000) + "." + parts[1] + "." + parts[2]);
    }

    private void exchanged(String other) {
        String[] one = good.split("\\.");
        String[] two = other.split("\\.");
        forged.add(one[0] + "." + two[1] + "." + one[2]);
        forged.add(one[0] + "." + one[1] + "." + two[2]);
        forged.add(one[0] + "." + one[2] + "." + one[1]);
        forged.add(one[1] + "." + one[0] + "." + one[2]);
    }

    /** Each place once for some other characters, left out, and doubled; every length; every bit; and some at random. */
    private void mutations() {
        for (int i = 0; i < good.length(); i++) {
            for (char c : new char[] {'A', 'a', '0', '-', '_', '.', '=', '+', ' ', '"'}) {
                forged.add(good.substring(0, i) + c + good.substring(i + 1));
                forged.add(good.substring(0, i) + c + good.substring(i));
            }
            forged.add(good.substring(0, i) + (char) (good.charAt(i) ^ 1) + good.substring(i + 1));
            forged.add(good.substring(0, i) + good.substring(i + 1));
            forged.add(good.substring(0, i));
            forged.add(good.substring(i));
        }
        String[] parts = good.split("\\.");
        for (int part = 0; part < 3; part++) {
            byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String[] changed = parts.clone();
                changed[part] = encode(flipped);
                forged.add(String.join(".", changed));
            }
        }
        Random random = new Random(20_260_115);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), good.charAt(random.nextInt(good.length())));
            }
            forged.add(text.toString());
        }
    }

    /** The same JSON, spelled otherwise. */
    private static List<String> spaced(String json) {
        return List.of(
                " " + json,
                json + "\n",
                json.replace(":", ": "),
                json.replace(",", ", "),
                json.replace("{", "{ "),
                json.replace("\"a", "\"\\u0061"),
                json.replace("}", ",}"),
                json.replace('"', '\''));
    }

    private void sign(String withHeader, String withPayload) {
        try {
            forged.add(signed(withHeader, withPayload));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String signed(String withHeader, String withPayload) throws GeneralSecurityException {
        String input = encode(withHeader) + "." + encode(withPayload);
        return input + "." + mac("HmacSHA256", key, input);
    }

    private static String mac(String name, byte[] with, String input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(with, name));
        return encode(mac.doFinal(input.getBytes(UTF_8)));
    }

    static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
