package dev.pilot.http.guard;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the certificate and its key are; they are read again when the files change.
 *
 * @param store a PKCS #12 file with both; null for PEM files
 * @param password opens that file; null for PEM files
 * @param certificate a PEM file with the certificate and those that vouch for it; null for a PKCS #12 file
 * @param key a PEM file with the private key (PKCS #8); null for a PKCS #12 file
 */
public record Tls(
        @Nullable Path store,
        @Nullable String password,
        @Nullable Path certificate,
        @Nullable Path key) {
    /**
     * In one PKCS #12 file.
     *
     * @param store the file
     * @param password opens it
     * @return where both are
     */
    public static Tls pkcs12(Path store, String password) {
        return new Tls(requireNonNull(store, "store"), requireNonNull(password, "password"), null, null);
    }

    /**
     * In two PEM files, as {@code certbot} and most others write them.
     *
     * @param certificate the certificate first, then those that vouch for it
     * @param key the private key, PKCS #8 ({@code BEGIN PRIVATE KEY})
     * @return where both are
     */
    public static Tls pem(Path certificate, Path key) {
        return new Tls(null, null, requireNonNull(certificate, "certificate"), requireNonNull(key, "key"));
    }

    /**
     * The file that nobody else may read.
     *
     * @return the one that holds the key
     */
    public Path secret() {
        return store != null ? store : requireNonNull(key);
    }

    List<Path> files() {
        return store != null ? List.of(store) : List.of(requireNonNull(certificate), requireNonNull(key));
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return "Tls" + files();
    }
}
