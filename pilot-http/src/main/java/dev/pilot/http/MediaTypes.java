package dev.pilot.http;

import dev.pilot.wire.route.Media;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Which bodies a route takes. A body must say what it is: a page of another site can't say JSON unasked. */
final class MediaTypes {
    private MediaTypes() {}

    static void check(Media accepts, HttpFields headers, boolean hasBody) {
        String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw unsupported("A body must not be compressed.");
        }
        switch (accepts) {
            case JSON -> oneOf(headers, List.of("application/json"));
            case OPTIONAL_JSON -> {
                if (hasBody) {
                    oneOf(headers, List.of("application/json"));
                }
            }
            case MERGE_PATCH -> oneOf(headers, List.of("application/merge-patch+json", "application/json"));
            case EVENTS -> oneOf(headers, List.of("application/json", "application/x-ndjson"));
            case NONE, BYTES, EVENT_STREAM, WEB_SOCKET -> {}
        }
    }

    private static void oneOf(HttpFields headers, List<String> allowed) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        String[] parts =
                type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";", -1);
        if (!allowed.contains(parts[0].strip())) {
            throw unsupported("The body's Content-Type must be " + String.join(" or ", allowed) + ".");
        }
        String charset = Arrays.stream(parts)
                .skip(1)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .findFirst()
                .orElse(null);
        if (!isUtf8(charset)) {
            throw unsupported("The body must be UTF-8.");
        }
    }

    private static boolean isUtf8(@Nullable String charset) {
        return charset == null || charset.replace("\"", "").equals("charset=utf-8");
    }

    private static Refusal unsupported(String detail) {
        return Refusal.invalid(415, "unsupported-media-type", detail);
    }
}
