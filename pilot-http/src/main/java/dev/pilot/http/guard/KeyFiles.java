package dev.pilot.http.guard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a certificate and its key, and checks that they belong together, so that half a renewal is never served. */
final class KeyFiles {
    /** Only for the copy in memory. */
    static final String MEMORY_PASSWORD = "in-memory";

    private static final String ALIAS = "pilot";

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]+)-----END [A-Z ]*PRIVATE KEY-----");

    private KeyFiles() {}

    /**
     * Reads them.
     *
     * @throws InvalidInput saying which file is wrong, and why
     */
    static KeyStore read(Tls tls) {
        Path store = tls.store();
        return store != null
                ? pkcs12(store, requireNonNull(tls.password()))
                : pem(requireNonNull(tls.certificate()), requireNonNull(tls.key()));
    }

    /** The certificate in what {@link #read} gave. */
    static X509Certificate certificate(KeyStore read) {
        try {
            return (X509Certificate) read.getCertificate(ALIAS);
        } catch (KeyStoreException notLoaded) {
            throw new IllegalStateException(notLoaded);
        }
    }

    private static KeyStore pkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore read = KeyStore.getInstance("PKCS12");
            read.load(in, password.toCharArray());
            for (String alias : Collections.list(read.aliases())) {
                if (read.isKeyEntry(alias)) {
                    PrivateKey key = (PrivateKey) read.getKey(alias, password.toCharArray());
                    return together(key, read.getCertificateChain(alias), file);
                }
            }
            throw wrong(file, "holds no private key");
        } catch (FileSystemException e) {
            throw wrong(file, "is not there or can't be opened");
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file, "can't be read as PKCS #12 with this password: " + e.getMessage());
        }
    }

    private static KeyStore pem(Path certificate, Path keyFile) {
        List<Certificate> chain;
        try (InputStream in = Files.newInputStream(certificate)) {
            chain = new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(certificate, "can't be read as certificates in PEM: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            throw wrong(certificate, "holds no certificate");
        }
        String text;
        try {
            text = Files.readString(keyFile, US_ASCII);
        } catch (IOException e) {
            throw wrong(keyFile, "can't be read: " + e.getMessage());
        }
        return together(key(text, keyFile), chain.toArray(new Certificate[0]), keyFile);
    }

    private static PrivateKey key(String text, Path file) {
        Matcher found = KEY.matcher(text);
        if (!found.find() || !found.group(1).isEmpty()) {
            throw wrong(
                    file,
                    "holds no PKCS #8 key (BEGIN PRIVATE KEY): openssl pkcs8 -topk8 -nocrypt makes one of another");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(found.group(2));
        } catch (IllegalArgumentException e) {
            throw wrong(file, "is not Base64 where the key should be");
        }
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            PrivateKey key = key(encoded, algorithm);
            if (key != null) {
                return key;
            }
        }
        throw wrong(file, "holds a key that is none of EC, RSA and EdDSA");
    }

    /** Null if the key is of another kind: the encoding names it, but only reading it tells. */
    private static @Nullable PrivateKey key(byte[] encoded, String algorithm) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException another) {
            return null;
        }
    }

    private static KeyStore together(PrivateKey key, Certificate[] chain, Path file) {
        try {
            if (!signs(key, chain[0].getPublicKey())) {
                throw wrong(file, "holds a key that is not the certificate's");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, MEMORY_PASSWORD.toCharArray(), chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(file, "can't be used: " + e.getMessage());
        }
    }

    private static boolean signs(PrivateKey key, PublicKey with) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] message = {'p', 'i', 'l', 'o', 't'};
        Signature signature = Signature.getInstance(algorithm);
        try {
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(with);
            signature.update(message);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException another) {
            return false;
        }
    }

    private static InvalidInput wrong(Path file, String problem) {
        return InvalidInput.of("tls", file + " " + problem);
    }
}
