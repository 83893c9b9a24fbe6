package dev.pilot.http;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Names requests, so that a caller's trace and the log meet. The one place of this module that is random. Threads may share it. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    RequestIds() {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        prefix = HexFormat.of().formatHex(random) + "-";
    }

    /** A word of 256 bits that nobody can guess. */
    static String secret() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** The caller's own name for the request, if it is a harmless one, else a new one. */
    String of(Request request) {
        String given = request.getHeaders().get(HEADER);
        return given != null && LEGAL.matcher(given).matches() ? given : prefix + next.incrementAndGet();
    }
}
