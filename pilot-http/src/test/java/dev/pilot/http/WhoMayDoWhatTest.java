package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.id.ProjectId;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each route for each sort of caller, over HTTP, against a table that was written by hand. */
@Timeout(600)
class WhoMayDoWhatTest {
    /** Nothing has these ids, so whoever is let through changes nothing. */
    private static final Map<String, String> NONE = List.of(
                    "project",
                    "task",
                    "run",
                    "graph",
                    "agent",
                    "approval",
                    "grant",
                    "repo",
                    "artifact",
                    "worker",
                    "user",
                    "token")
            .stream()
            .collect(Collectors.toMap(name -> name, name -> "no-" + name));

    @TempDir
    static Path directory;

    private static HubServer server;
    private static final Map<String, Caller> CALLERS = new LinkedHashMap<>();
    private static final Map<String, String> WRITTEN = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        Set<ProjectId> another = Set.of(new ProjectId("another"));
        for (Scope scope : Scope.values()) {
            Caller caller = Caller.of(scope.wire(), scope);
            CALLERS.put(scope.wire() + " ", caller);
            CALLERS.put(scope.wire() + " proposing", caller.proposing());
            CALLERS.put(scope.wire() + " undeciding", caller.withoutDecisions());
            CALLERS.put(scope.wire() + " bound", caller.in(another));
        }
        server = HubServer.start(directory.resolve("here"), CALLERS);
        try (InputStream file =
                Objects.requireNonNull(WhoMayDoWhatTest.class.getResourceAsStream("who-may-do-what.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.split(" +", 3);
                        WRITTEN.put(words[0] + " " + words[1], words[2]);
                    });
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Route<?, ?>> routes() {
        return Routes.all().stream().filter(route -> !route.isOpen()).toList();
    }

    private static boolean isWritten(Route<?, ?> route, String scope, String policy) {
        String[] columns = Objects.requireNonNull(WRITTEN.get(route.toString()), route::toString)
                .split(" +");
        char letter = scope.equals("agent") ? 'g' : scope.charAt(0);
        return columns[0].indexOf(letter) >= 0
                && (policy.isEmpty() || List.of(columns).subList(1, 4).contains(policy));
    }

    @Test
    void everyRouteWasThoughtOf() {
        assertEquals(routes().stream().map(Route::toString).collect(Collectors.toSet()), WRITTEN.keySet());
        assertEquals(
                List.of(
                        "GET /health",
                        "POST /api/auth/login",
                        "POST /api/auth/refresh",
                        "POST /api/auth/cookie",
                        "DELETE /api/auth/cookie"),
                Routes.all().stream().filter(Route::isOpen).map(Route::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void everyCallerMayWhatWasWritten(Route<?, ?> route) {
        List<String> wrong = new ArrayList<>();
        CALLERS.forEach((token, caller) -> {
            String[] sort = token.split(" ", 2);
            Map<String, String> ids = new HashMap<>(NONE);
            ids.put("worker", "no-worker-of-" + sort[0]); // whoever claims first has the id for themselves
            HubServer.Reply reply = Wanted.send(server, route, ids, HubServer.token(token));
            boolean allowed = !Wanted.isRefused(reply) && reply.status() != 401;
            if (allowed != isWritten(route, sort[0], sort[1])) {
                wrong.add(token + ": " + reply.status() + " " + reply.text());
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** What lets nobody in, however it is shown. Whoever adds a kind of credential adds here how it can be wrong. */
    static List<Shown> wrongCredentials() {
        Spent spent = Spent.of(server, directory.resolve("elsewhere"));
        return List.of(
                new Shown("a token that has expired", "Bearer " + spent.expiredToken()),
                new Shown("one that was revoked", "Bearer " + spent.revokedToken()),
                new Shown("a token of another hub", "Bearer " + spent.tokenElsewhere()),
                new Shown("a session's that has expired", "Bearer " + spent.expiredSession()),
                new Shown("one whose user logged out", "Bearer " + spent.endedSession()),
                new Shown("one whose user is disabled", "Bearer " + spent.disabledUser()),
                new Shown("one for another hub", "Bearer " + spent.sessionElsewhere()),
                new Shown("a refresh token", "Bearer " + spent.refreshToken()),
                new Shown("no credential", null),
                new Shown("an empty one", "Bearer "),
                new Shown("an unknown token", "Bearer nobody-knows-this-token"),
                new Shown("a known one in other case", "Bearer " + HubServer.ADMIN.toUpperCase(Locale.ROOT)),
                new Shown("a known one, cut off", "Bearer " + HubServer.ADMIN.substring(1)),
                new Shown("a known one, with more", "Bearer " + HubServer.ADMIN + "x"),
                new Shown("a known one as a password", "Basic " + HubServer.ADMIN));
    }

    /** @param header the value of {@code Authorization}, if there is one */
    record Shown(String name, @Nullable String header) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("wrongCredentials")
    void nobodyIsLetInWithout(Shown shown) {
        List<String> wrong = new ArrayList<>();
        for (Route<?, ?> route : routes()) {
            HubServer.Reply reply = Wanted.show(server, route, NONE, shown.header());
            if (reply.status() != 401) {
                wrong.add(route + ": " + reply.status());
            } else {
                assertNotNull(reply.header("WWW-Authenticate"), route::toString);
            }
        }
        assertEquals(List.of(), wrong);
    }
}
