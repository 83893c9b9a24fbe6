package dev.pilot.server.doctor;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.core.config.Surroundings;
import dev.pilot.http.guard.Certificates;
import dev.pilot.http.guard.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate, read as the server reads it.
 *
 * @param findings what to say of it; nothing where there is no TLS
 * @param own the certificate; null where there is none that could be read
 */
record Certificate(List<Finding> findings, @Nullable X509Certificate own) {
    private static final Duration SOON = Duration.ofDays(14);

    static Certificate look(@Nullable Tls tls, Instant now) {
        if (tls == null) {
            return new Certificate(List.of(), null);
        }
        List<Finding> findings = new ArrayList<>();
        X509Certificate own = null;
        try {
            own = new Certificates(tls).certificate();
            findings.add(validity(own, now));
        } catch (InvalidInput wrong) {
            findings.add(Finding.fail("tls", wrong.getMessage(), "mend it: without it the server doesn't start"));
        }
        findings.addAll(mode(tls.secret()));
        return new Certificate(findings, own);
    }

    private static Finding validity(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        String name = certificate.getSubjectX500Principal().getName();
        if (now.isBefore(from)) {
            return Finding.fail("tls", name + " holds from " + from + " on only", "see that the clock is right");
        } else if (now.isAfter(until)) {
            return Finding.fail("tls", name + " is over since " + until, "renew it: callers refuse it");
        }
        String found = name + " holds until " + until;
        return now.plus(SOON).isAfter(until)
                ? Finding.warn("tls", found, "renew it; the server serves the new one without a restart")
                : Finding.ok("tls", found);
    }

    /** A group for those who serve is usual, so only everybody is too many. */
    private static List<Finding> mode(Path secret) {
        try {
            return Surroundings.isReadableByOthers(secret)
                    ? List.of(Finding.fail("tls key", secret + " can be read by others", "chmod o-rwx " + secret))
                    : List.of();
        } catch (IOException absent) {
            return List.of(); // said where it is read
        }
    }
}
