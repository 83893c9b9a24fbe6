package dev.pilot.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** Names requests, so that a caller's trace and the log meet. The one place of this module that is random. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    RequestIds() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        prefix = HexFormat.of().formatHex(random) + "-";
    }

    /** The caller's own name for the request, if it is a harmless one, else a new one. */
    String of(Request request) {
        String given = request.getHeaders().get(HEADER);
        return given != null && LEGAL.matcher(given).matches() ? given : prefix + next.incrementAndGet();
    }
}
