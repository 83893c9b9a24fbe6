package dev.pilot.http;

import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, before a handler sees it: problem details as everywhere, and nothing about the server. */
final class PlainErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(response.getStatus());
        response.setStatus(status);
        byte[] body = WireCodec.write(Problems.ofStatus(status));
        Exchange.ALWAYS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorBody.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** A version or an encoding that nobody speaks is the client's mistake, not ours. */
    private static int status(int status) {
        return switch (status) {
            case 501, 505 -> 400;
            default -> status < 400 ? 500 : status;
        };
    }
}
