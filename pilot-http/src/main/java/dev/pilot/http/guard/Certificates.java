package dev.pilot.http.guard;

import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
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
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private List<Object> seen;

    /**
     * Reads them.
     *
     * @param tls where they are
     * @throws InvalidInput saying which file is wrong, and why
     */
    public Certificates(Tls tls) {
        this.tls = tls;
        this.seen = state(tls);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.setRenegotiationAllowed(false);
        use(context, KeyFiles.read(tls));
    }

    /**
     * What the server speaks with.
     *
     * @return the context
     */
    public SslContextFactory.Server context() {
        return context;
    }

    /** Reads them again if they have changed; what can't be read leaves all as it is. */
    public void look() {
        try {
            List<Object> now = state(tls);
            if (now.equals(seen)) {
                return;
            }
            KeyStore read = KeyFiles.read(tls);
            context.reload(changed -> use(changed, read));
            seen = now;
            LOG.info("The certificate was read again from {}.", tls);
        } catch (InvalidInput halfWritten) {
            LOG.warn("The certificate has changed, but the old one stays: {}", halfWritten.getMessage());
        } catch (Exception e) {
            LOG.warn("The certificate has changed, but the old one stays.", e);
        }
    }

    private static void use(SslContextFactory context, KeyStore keys) {
        context.setKeyStore(keys);
        context.setKeyStorePassword(KeyFiles.MEMORY_PASSWORD);
    }

    private static List<Object> state(Tls tls) {
        List<Object> state = new ArrayList<>();
        for (Path file : tls.files()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.add(attributes.lastModifiedTime());
                state.add(attributes.size());
                state.add(String.valueOf(attributes.fileKey()));
            } catch (IOException e) {
                throw InvalidInput.of("tls", file + " can't be read: " + e.getMessage());
            }
        }
        return state;
    }
}
