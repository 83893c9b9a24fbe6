package dev.pilot.http;

import dev.pilot.http.call.Answer;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.route.EventRoutes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request and its response: writes what is answered. Answers once. */
final class Exchange {
    /** What every answer has. */
    static final List<HttpField> ALWAYS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"));
    /** For a year: whoever came over TLS once comes over TLS again, whatever a page or a slip of the pen says. */
    private static final HttpField OVER_TLS =
            new PreEncodedHttpField(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000");

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField PROBLEM = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, ErrorBody.MEDIA_TYPE);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String id;
    private final boolean secure;
    private final @Nullable String foreignOrigin;

    Exchange(
            Request request,
            Response response,
            Callback callback,
            String id,
            boolean secure,
            @Nullable String foreignOrigin) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.id = id;
        this.secure = secure;
        this.foreignOrigin = foreignOrigin;
    }

    Request request() {
        return request;
    }

    Response response() {
        return response;
    }

    Callback callback() {
        return callback;
    }

    String id() {
        return id;
    }

    boolean isHead() {
        return request.getMethod().equals("HEAD");
    }

    /** Sets the status and the headers that every answer has. */
    HttpFields.Mutable begin(int status) {
        response.reset();
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        ALWAYS.forEach(headers::add);
        headers.add(RequestIds.HEADER, id);
        if (secure) {
            headers.add(OVER_TLS);
        }
        if (foreignOrigin != null) {
            headers.add("Access-Control-Allow-Origin", foreignOrigin);
            headers.add(
                    "Access-Control-Expose-Headers",
                    "ETag, Location, Retry-After, " + EventRoutes.ACCEPTED + ", " + RequestIds.HEADER);
            headers.add(HttpHeader.VARY, "Origin");
        }
        return headers;
    }

    void write(Answer.Value answer, Consumer<Throwable> lost) {
        String tag = answer.headers().get("ETag");
        if (tag != null
                && answer.status() == 200
                && tag.equals(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))
                && isRead()) {
            begin(304).put(HttpHeader.ETAG, tag);
            response.write(true, null, callback);
            return;
        }
        byte[] body = WireCodec.write(answer.value());
        HttpFields.Mutable headers = begin(answer.status());
        headers.add(JSON);
        answer.headers().forEach(headers::put);
        write(body, lost);
    }

    private boolean isRead() {
        return request.getMethod().equals("GET") || isHead();
    }

    void writeNothing(Map<String, String> headers) {
        HttpFields.Mutable to = begin(204);
        headers.forEach(to::put);
        response.write(true, null, callback);
    }

    void write(Answer.Bytes answer) {
        HttpFields.Mutable headers = begin(200);
        headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
        if (answer.length() != Answer.Bytes.UNKNOWN) {
            headers.put(HttpHeader.CONTENT_LENGTH, answer.length());
        }
        answer.headers().forEach(headers::put);
        if (isHead()) {
            try {
                answer.content().close();
            } catch (IOException e) {
                fail(e, false);
                return;
            }
            response.write(true, null, callback);
        } else {
            // Reading a file may wait, writing to a slow reader does not.
            Content.copy(Content.Source.from(answer.content()), response, callback);
        }
    }

    void fail(Throwable failure, boolean conditional) {
        fail(failure, Map.of(), conditional);
    }

    void fail(Throwable failure, Map<String, String> further, boolean conditional) {
        if (response.isCommitted()) {
            callback.failed(failure);
            return;
        }
        Problems.Problem problem = Problems.of(failure, further, conditional, id);
        boolean bodyIsLeft = !request.consumeAvailable();
        HttpFields.Mutable headers = begin(problem.body().status());
        if (bodyIsLeft) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
        headers.add(PROBLEM);
        problem.headers().forEach(headers::put);
        write(WireCodec.write(problem.body()), lost -> {});
    }

    private void write(byte[] body, Consumer<Throwable> lost) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), Callback.from(callback::succeeded, failure -> {
            lost.accept(failure);
            callback.failed(failure);
        }));
    }
}
