package dev.pilot.http;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.http.call.Admitted;
import dev.pilot.http.call.Answer;
import dev.pilot.http.call.Call;
import dev.pilot.http.call.Operation;
import dev.pilot.http.call.Operations;
import dev.pilot.http.call.Visit;
import dev.pilot.http.guard.Entrance;
import dev.pilot.http.guard.Hop;
import dev.pilot.http.stream.Sockets;
import dev.pilot.http.stream.Streams;
import dev.pilot.wire.route.AuthRoutes;
import dev.pilot.wire.route.CookieRoutes;
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

/** The way of a request: who comes, to which route, with what; then the use-case, then the answer. */
final class ApiHandler extends Handler.Abstract {
    private static final int SHORT = 16_384;

    /** Where one comes to a credential and might guess. Not where one goes on with a session: nobody guesses its tokens. */
    private static final Set<Route<?, ?>> GUESSED = Set.of(AuthRoutes.LOG_IN, CookieRoutes.SET);

    private final Gate gate;
    private final BodyLimits limits;
    private final Router router = new Router(Routes.all());
    private final Operations operations;
    private final Streams streams;
    private final Sockets sockets;
    private final Waits waits;
    private final RequestIds ids = new RequestIds();

    /** What goes on after a request was handled. */
    record Lasting(Streams streams, Sockets sockets, Waits waits) {}

    ApiHandler(Gate gate, BodyLimits limits, Operations operations, Lasting lasting) {
        this.gate = gate;
        this.limits = limits;
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
        Entrance.served(request);
        Hop hop = gate.hop(request);
        Exchange exchange =
                new Exchange(request, response, callback, ids.of(request), hop.isSecure(), gate.foreignOrigin(request));
        try {
            Visit visit = gate.arrive(request, hop);
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
                enter(exchange, route, visit, match.variables());
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
    private void refuse(Exchange exchange, Throwable why) {
        long length = exchange.request().getLength();
        if (length > 0 && length <= SHORT) {
            BodyReader.read(
                    exchange.request(),
                    SHORT,
                    limits.pace(),
                    body -> exchange.fail(why, false),
                    e -> exchange.fail(why, false));
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

    private <B> void enter(Exchange exchange, Route<B, ?> route, Visit visit, Map<String, String> variables) {
        Request request = exchange.request();
        HttpFields headers = request.getHeaders();
        if (route.answers() == Media.WEB_SOCKET && Sockets.isAskedFor(request)) {
            socket(exchange, route, visit, variables);
            return;
        }
        Admitted admitted = route.isOpen() ? null : gate.admit(visit);
        if (GUESSED.contains(route)) {
            mayGuess(exchange, route, visit);
        }
        Map<String, String> query = Queries.of(request, route.parameters());
        boolean patches = route.accepts() == Media.MERGE_PATCH || route.method().equals("PUT");
        if (headers.contains(HttpHeader.IF_MATCH) && !patches && !route.method().equals("GET")) {
            throw InvalidInput.of("If-Match", "is not understood here: the condition would not hold");
        }
        MediaTypes.check(route.accepts(), headers, request.getLength() != 0);
        Consumer<Call.Payload> serve = payload -> {
            Call<B> call = new Call<>(route, admitted, visit, variables, query, name -> headers.get(name), payload);
            serve(exchange, route, call);
        };
        int limit = limits.of(route, headers.get(HttpHeader.CONTENT_TYPE));
        if (route.accepts() == Media.NONE || request.getMethod().equals("HEAD")) {
            serve.accept(Call.Payload.NONE);
        } else if (limits.isStreamed(route, headers.get(HttpHeader.CONTENT_TYPE))) {
            serve.accept(new Call.Payload(
                    new byte[0], new LimitedInput(Request.asInputStream(request), limit, limits.pace(route))));
        } else {
            BodyReader.read(
                    request,
                    limit,
                    limits.pace(route),
                    bytes -> serve.accept(new Call.Payload(bytes, Call.Payload.NONE.stream())),
                    failure -> exchange.fail(failure, false));
        }
    }

    /** Who says there who it is, and is wrong, has guessed as one does with tokens. */
    private void mayGuess(Exchange exchange, Route<?, ?> route, Visit visit) {
        gate.mayTry(visit, route);
        Request.addCompletionListener(exchange.request(), failure -> {
            if (exchange.response().getStatus() == 401) {
                gate.failed(visit, route);
            }
        });
    }

    /** A page can't send a header with a WebSocket's handshake; so whoever brings no token there may say it first. */
    private <B> void socket(Exchange exchange, Route<B, ?> route, Visit visit, Map<String, String> variables) {
        Request request = exchange.request();
        Map<String, String> query = Queries.of(request, route.parameters());
        HttpFields headers = request.getHeaders();
        Function<String, Sockets.Entered> enter = token -> {
            Admitted admitted = gate.admit(visit, token);
            Call<B> call = new Call<>(route, admitted, visit, variables, query, headers::get, Call.Payload.NONE);
            return new Sockets.Entered(admitted, following(route, call));
        };
        String brought = visit.token();
        Sockets.Entered already = brought == null ? null : enter.apply(brought);
        exchange.begin(101);
        sockets.open(
                request,
                exchange.response(),
                exchange.callback(),
                token -> {
                    try {
                        return enter.apply(token);
                    } catch (Refusal refused) {
                        throw refused.body().toException(); // there is no status any more
                    }
                },
                already);
    }

    private <B> Answer.Following following(Route<B, ?> route, Call<B> call) {
        try {
            return (Answer.Following) requireNonNull(operations.of(route)).serve(call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <B> void serve(Exchange exchange, Route<B, ?> route, Call<B> call) {
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
            call.check(); // the body may have taken its time
            Answer answer = operation.serve(call);
            write(exchange, answer, call, lost -> {});
        } catch (Throwable e) {
            // Whatever it is: the caller gets an answer that the log can be searched for.
            exchange.fail(e, call.isConditional());
        }
    }

    private void write(Exchange exchange, Answer answer, Call<?> call, Consumer<Throwable> lost) {
        switch (answer.kind()) {
            case VALUE -> exchange.write((Answer.Value) answer, lost);
            case NOTHING -> exchange.writeNothing(Map.of());
            case BYTES -> exchange.write((Answer.Bytes) answer);
            case FOLLOWING -> follow(exchange, (Answer.Following) answer, call.admitted());
            case LATER -> later(exchange, (Answer.Later<?>) answer, call);
            case REFUSED -> {
                Answer.Refused refused = (Answer.Refused) answer;
                exchange.fail(refused.failure(), refused.headers(), call.isConditional());
            }
        }
    }

    /** What may be answered early is done for the answer alone: so a caller who may not stay need not get it. */
    private <A> void later(Exchange exchange, Answer.Later<A> later, Call<?> call) {
        Executor executor = exchange.request().getComponents().getExecutor();
        waits.add(
                exchange,
                later.early() == null ? later : later.checked(call::check),
                executor,
                (answer, lost) -> write(exchange, answer, call, lost),
                call.isConditional());
    }

    private void follow(Exchange exchange, Answer.Following following, Admitted who) {
        exchange.begin(200);
        if (exchange.isHead()) {
            exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
            exchange.response().write(true, null, exchange.callback());
        } else {
            streams.open(exchange.request(), exchange.response(), exchange.callback(), following, who);
        }
    }
}
