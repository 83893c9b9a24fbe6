package dev.pilot.http;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Door;
import dev.pilot.api.Pilot;
import dev.pilot.api.access.Credentials;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operation;
import dev.pilot.http.call.Operations;
import dev.pilot.http.stream.Sockets;
import dev.pilot.http.stream.Streams;
import dev.pilot.wire.route.EventRoutes;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The way of a request: who comes, to which route, with what; then the use-case, then the answer. */
final class ApiHandler extends Handler.Abstract {
    private static final int SHORT = 16_384;

    private final Door door;
    private final Visitors visitors;
    private final BodyLimits limits;
    private final Router router = new Router(Routes.all());
    private final Operations operations;
    private final Streams streams;
    private final Sockets sockets;
    private final Waits waits;
    private final RequestIds ids = new RequestIds();

    /** Who comes in with how much. */
    record Entry(Door door, Visitors visitors, BodyLimits limits) {}

    /** What goes on after a request was handled. */
    record Lasting(Streams streams, Sockets sockets, Waits waits) {}

    ApiHandler(Entry entry, Operations operations, Lasting lasting) {
        this.door = entry.door();
        this.visitors = entry.visitors();
        this.limits = entry.limits();
        this.operations = operations;
        this.streams = lasting.streams();
        this.sockets = lasting.sockets();
        this.waits = lasting.waits();
        for (Route<?, ?> route : Routes.all()) {
            if (operations.of(route) == null) {
                throw new IllegalStateException("nothing serves " + route);
            }
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, ids.of(request), visitors.foreignOrigin(request));
        try {
            visitors.check(request);
            String path = request.getHttpURI().getCanonicalPath();
            Router.Match match = router.find(request.getMethod(), path == null ? "" : path);
            if (match == null) {
                throw new Refusal(
                        404,
                        ErrorKind.NOT_FOUND,
                        "no-such-path",
                        "There is no such path; see /openapi.json.",
                        Map.of());
            }
            Route<?, ?> route = match.route();
            if (route != null) {
                enter(exchange, route, match.variables());
            } else if (request.getMethod().equals("OPTIONS")) {
                exchange.writeNothing(options(match.allowed()));
            } else {
                throw new Refusal(
                        405,
                        ErrorKind.INVALID,
                        "method-not-allowed",
                        "This path knows " + String.join(", ", match.allowed()) + ".",
                        Map.of("Allow", String.join(", ", match.allowed())));
            }
        } catch (Throwable e) {
            refuse(exchange, e);
        }
        return true;
    }

    /** A short body that nobody wanted is read all the same, so that the connection can be used again. */
    private static void refuse(Exchange exchange, Throwable why) {
        long length = exchange.request().getLength();
        if (length > 0 && length <= SHORT) {
            BodyReader.read(
                    exchange.request(), SHORT, body -> exchange.fail(why, false), e -> exchange.fail(why, false));
        } else {
            exchange.fail(why, false);
        }
    }

    private static Map<String, String> options(Set<String> allowed) {
        String methods = String.join(", ", allowed);
        return Map.of(
                "Allow", methods,
                "Access-Control-Allow-Methods", methods,
                "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, X-Request-Id");
    }

    private <B> void enter(Exchange exchange, Route<B, ?> route, Map<String, String> variables) {
        Request request = exchange.request();
        HttpFields headers = request.getHeaders();
        if (route.answers() == Media.WEB_SOCKET && Sockets.isAskedFor(request)) {
            socket(exchange, route, variables);
            return;
        }
        Credentials shown = Visitors.credentials(request);
        Pilot pilot = route.isOpen() ? null : door.admit(shown);
        Map<String, String> query = Queries.of(request, route.parameters());
        boolean patches = route.accepts() == Media.MERGE_PATCH || route.method().equals("PUT");
        if (headers.contains(HttpHeader.IF_MATCH) && !patches && !route.method().equals("GET")) {
            throw InvalidInput.of("If-Match", "is not understood here: the condition would not hold");
        }
        MediaTypes.check(route.accepts(), headers, request.getLength() != 0);
        Consumer<Call.Payload> serve = payload -> {
            Call<B> call =
                    new Call<>(route, pilot, variables, query, name -> headers.get(name), payload, shown.address());
            serve(exchange, route, call, pilot);
        };
        int limit = limits.of(route, headers.get(HttpHeader.CONTENT_TYPE));
        if (route.accepts() == Media.NONE || request.getMethod().equals("HEAD")) {
            serve.accept(Call.Payload.NONE);
        } else if (limits.isStreamed(route, headers.get(HttpHeader.CONTENT_TYPE))) {
            serve.accept(new Call.Payload(new byte[0], new LimitedInput(Request.asInputStream(request), limit)));
        } else {
            BodyReader.read(
                    request,
                    limit,
                    bytes -> serve.accept(new Call.Payload(bytes, Call.Payload.NONE.stream())),
                    failure -> exchange.fail(failure, false));
        }
    }

    /** A page can't send a header with a WebSocket's handshake; so whoever brings no token there may say it first. */
    private <B> void socket(Exchange exchange, Route<B, ?> route, Map<String, String> variables) {
        Request request = exchange.request();
        Map<String, String> query = Queries.of(request, route.parameters());
        HttpFields headers = request.getHeaders();
        Function<Credentials, Sockets.Entered> enter = credentials -> {
            Pilot pilot = door.admit(credentials);
            Call<B> call =
                    new Call<>(route, pilot, variables, query, headers::get, Call.Payload.NONE, credentials.address());
            return new Sockets.Entered(pilot, following(route, call));
        };
        Credentials brought = Visitors.credentials(request);
        String address = brought.address();
        Sockets.Entered already = brought.token() == null ? null : enter.apply(brought);
        exchange.begin(101);
        sockets.open(
                request,
                exchange.response(),
                exchange.callback(),
                token -> enter.apply(new Credentials(token, address)),
                already);
    }

    private <B> Answer.Following following(Route<B, ?> route, Call<B> call) {
        try {
            return (Answer.Following) requireNonNull(operations.of(route)).serve(call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <B> void serve(Exchange exchange, Route<B, ?> route, Call<B> call, @Nullable Pilot pilot) {
        try {
            if (route.answers() == Media.WEB_SOCKET) {
                throw new Refusal(
                        426,
                        ErrorKind.INVALID,
                        "upgrade-required",
                        "This is a WebSocket: ask for the upgrade; the same over plain HTTP is "
                                + EventRoutes.FOLLOW_RUN + ".",
                        Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
            }
            Operation<B> operation = requireNonNull(operations.of(route));
            Answer answer = operation.serve(call);
            write(exchange, answer, pilot, call.isConditional(), lost -> {});
        } catch (Throwable e) {
            // Whatever it is: the caller gets an answer that the log can be searched for.
            exchange.fail(e, call.isConditional());
        }
    }

    private void write(
            Exchange exchange, Answer answer, @Nullable Pilot pilot, boolean conditional, Consumer<Throwable> lost) {
        switch (answer.kind()) {
            case VALUE -> exchange.write((Answer.Value) answer, lost);
            case NOTHING -> exchange.writeNothing(Map.of());
            case BYTES -> exchange.write((Answer.Bytes) answer);
            case FOLLOWING -> follow(exchange, (Answer.Following) answer, requireNonNull(pilot));
            case LATER -> later(exchange, (Answer.Later<?>) answer, conditional);
            case REFUSED -> {
                Answer.Refused refused = (Answer.Refused) answer;
                exchange.fail(refused.failure(), refused.headers(), conditional);
            }
        }
    }

    private <A> void later(Exchange exchange, Answer.Later<A> later, boolean conditional) {
        Executor executor = exchange.request().getComponents().getExecutor();
        waits.add(
                exchange,
                later,
                executor,
                (answer, lost) -> write(exchange, answer, null, conditional, lost),
                conditional);
    }

    private void follow(Exchange exchange, Answer.Following following, Pilot pilot) {
        exchange.begin(200);
        if (exchange.isHead()) {
            exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            exchange.response().write(true, null, exchange.callback());
        } else {
            streams.open(exchange.request(), exchange.response(), exchange.callback(), following, pilot);
        }
    }
}
