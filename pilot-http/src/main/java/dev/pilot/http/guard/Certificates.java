package dev.pilot.http.guard;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate: TLS 1.2 and 1.3, read again when its files have changed. Connections that are open keep the old one.
 * {@link #look} is for one thread.
 */
public final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final Tls tls;
    private final Reminder reminder = new Reminder(System::nanoTime);
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private List<Object> seen;
    private X509Certificate certificate;

    /**
     * Reads them.
     *
     * @param tls where they are
     * @throws InvalidInput saying which file is wrong, and why
     */
    public Certificates(Tls tls) {
        this.tls = tls;
        this.seen = state(tls);
        KeyStore read = KeyFiles.read(tls);
        this.certificate = checked(read);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setRenegotiationAllowed(false);
        use(context, read);
    }

    /**
     * The server's own certificate, which says until when it holds.
     *
     * @return the one that was read last
     */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * What the server speaks with.
     *
     * @return the context
     */
    public SslContextFactory.Server context() {
        return context;
    }

    /** Reads them again if they have changed; what can't be read leaves all as it is, and is told of once, then each hour. */
    public void look() {
        List<Object> now = state(tls);
        try {
            if (now.equals(seen)) {
                return;
            }
            KeyStore read = KeyFiles.read(tls);
            context.reload(changed -> use(changed, read));
            certificate = checked(read);
            seen = now;
            LOG.info("The certificate was read again from {}.", tls);
        } catch (InvalidInput halfWritten) {
            if (reminder.isDue(now)) {
                LOG.warn("The certificate has changed, but the old one stays: {}", halfWritten.getMessage());
            }
        } catch (Exception e) {
            if (reminder.isDue(now)) {
                LOG.warn("The certificate has changed, but the old one stays.", e);
            }
        }
    }

    /** One that is over is served all the same: whoever calls decides. */
    private static X509Certificate checked(KeyStore read) {
        X509Certificate certificate = KeyFiles.certificate(read);
        try {
            certificate.checkValidity();
        } catch (CertificateException over) {
            LOG.warn("Callers will refuse the certificate: {}.", over.getMessage());
        }
        return certificate;
    }

    private static void use(SslContextFactory context, KeyStore keys) {
        context.setKeyStore(keys);
        context.setKeyStorePassword(KeyFiles.MEMORY_PASSWORD);
    }

    /** That a file is not there is a state, too. */
    private static List<Object> state(Tls tls) {
        List<Object> state = new ArrayList<>();
        for (Path file : tls.files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(attributes.lastModifiedTime());
                state.add(attributes.size());
                state.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                state.add(String.valueOf(e.getMessage()));
            }
        }
        return state;
    }
}
