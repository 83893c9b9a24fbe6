package dev.pilot.http.stream;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.http.call.Admitted;
import dev.pilot.http.call.Answer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/** Turns requests into WebSockets that follow events. Threads may share it. */
public final class Sockets {
    private final Streams streams;
    private final Duration patience;
    private final WebSocketComponents components;
    private final Handshaker handshaker = Handshaker.newInstance();
    private final Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();

    /**
     * Makes them.
     *
     * @param server what they belong to
     * @param streams takes care of those that are open
     * @param patience how long the first message may take, where it must bring the token
     */
    public Sockets(Server server, Streams streams, Duration patience) {
        this.streams = streams;
        this.patience = patience;
        this.components = WebSocketServerComponents.ensureWebSocketComponents(server);
        limits.setIdleTimeout(Duration.ZERO);
        // This would hold for what goes out, too; what comes in is never gathered, but looked at piece by piece.
        limits.setMaxFrameSize(0);
        limits.setAutoFragment(true);
    }

    /**
     * Whether a request wants to become a WebSocket.
     *
     * @param request the request
     * @return true if it says so
     */
    public static boolean isAskedFor(Request request) {
        return "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    }

    /**
     * What somebody may follow.
     *
     * @param who who follows it
     * @param following what to follow
     */
    public record Entered(Admitted who, Answer.Following following) {}

    /**
     * Opens one.
     *
     * @param request the request that asks for it
     * @param response its response
     * @param callback completed when it is open or refused
     * @param admit looks at the token of the first message and finds what is followed, or throws a {@link
     *     dev.pilot.api.error.PilotException}
     * @param already what is followed, if the request brought its token; else null
     * @throws InvalidInput if the handshake is wrong; then nothing was written
     */
    public void open(
            Request request,
            Response response,
            Callback callback,
            Function<String, Entered> admit,
            @Nullable Entered already) {
        EventSocket socket =
                new EventSocket(streams.frames(), new EventSocket.Entrance(admit, already, patience), streams::remove);
        streams.add(socket);
        WebSocketNegotiator negotiator = (asked, answer, done) -> {
            // Compression would encode anew for each connection what all share.
            answer.setExtensions(List.of());
            return socket;
        };
        boolean opened = false;
        try {
            opened = handshaker.upgradeRequest(negotiator, request, response, callback, components, limits);
        } finally {
            if (!opened) {
                streams.remove(socket);
            }
        }
        if (!opened) {
            throw InvalidInput.of("Upgrade", "is no WebSocket handshake of version 13 over HTTP/1.1");
        }
    }
}
