package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.id.ProjectId;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.route.Routes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers who are bound to a project learn of another one, by whichever route and scope: as much as if it were not there. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnotherProjectTest {
    private static final String OWN = "giraffe";
    private static final String OTHERS = "zebra";
    /** Of as many letters, so that nothing differs but the name. */
    private static final String NOBODYS = "okapi";

    private static final Set<String> OF_THE_HUB = Set.of("GET /api/workers", "GET /api/audit/verify");
    private static final Pattern ADMINISTRATION = Pattern.compile("^/api/(users|tokens|audit)");
    private static final Set<String> ADMINISTRATORS = Set.of("admin", "all-scopes", "several");

    @TempDir
    static Path directory;

    private static HubServer server;
    private static Map<String, String> own;
    private static Map<String, String> others;
    private static Map<String, String> nobodys;
    private static final Map<String, Caller> CALLERS = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        Set<ProjectId> bound = Set.of(new ProjectId("project-of-" + OWN));
        for (Scope scope : Scope.values()) {
            CALLERS.put(scope.wire(), Caller.of(scope.wire(), scope).in(bound));
        }
        CALLERS.put("all-scopes", new Caller("all", Set.of(Scope.values()), false, true, bound));
        CALLERS.put(
                "several",
                new Caller(
                        "several",
                        Set.of(Scope.values()),
                        false,
                        true,
                        Set.of(new ProjectId("project-of-" + OWN), new ProjectId("project-of-nobody"))));
        CALLERS.put("whole-hub", Caller.of("whole", Scope.READER));
        server = HubServer.start(directory, CALLERS);
        own = Zoo.open(server.hub(), OWN, Set.of(OWN));
        // This one's queue is open to any worker who may see it.
        others = Zoo.open(server.hub(), OTHERS, Set.of());
        nobodys = new HashMap<>();
        others.forEach(
                (kind, id) -> nobodys.put(kind, id.endsWith(OTHERS) ? id.replace(OTHERS, NOBODYS) : unknown(id)));
        // Shared by all of the hub: not a project's.
        nobodys.put("agent", Objects.requireNonNull(others.get("agent")));
    }

    /** An id of the same kind that there is not. */
    private static String unknown(String id) {
        return id.substring(0, id.length() - 5) + NOBODYS;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Route<?, ?>> routes() {
        return Routes.all().stream()
                .filter(route -> !route.isOpen() && route.answers() != Media.WEB_SOCKET)
                .toList();
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("routes")
    void anotherProjectIsAsIfItWereNotThere(Route<?, ?> route) {
        List<String> wrong = new ArrayList<>();
        for (String caller : CALLERS.keySet()) {
            if (caller.equals("whole-hub")) {
                continue;
            }
            HubServer.Reply there = Wanted.send(server, route, others, HubServer.token(caller));
            HubServer.Reply absent = Wanted.send(server, route, nobodys, HubServer.token(caller));
            assertTrue(there.status() < 500, there::text);
            if (there.status() != absent.status() || !bare(there, others).equals(bare(absent, nobodys))) {
                wrong.add(caller + ": " + there.status() + " " + there.text() + "\nbut " + absent.status() + " "
                        + absent.text());
            }
            if (there.text().contains(OTHERS) && !echoes(there)) {
                wrong.add(caller + " learns: " + there.text());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @ParameterizedTest
    @Order(2)
    @MethodSource("routes")
    void whatIsAskedForAtLargeTellsNothingOfIt(Route<?, ?> route) {
        if (!route.method().equals("GET")) {
            return;
        }
        for (String caller : CALLERS.keySet()) {
            HubServer.Reply reply = Wanted.sendBare(server, route, own, HubServer.token(caller));
            boolean tellsOfAgents = route.toString().startsWith("GET /api/agents");
            if (!caller.equals("whole-hub") && !tellsOfAgents) {
                assertFalse(reply.text().contains(OTHERS), () -> caller + " learns: " + reply.text());
            }
        }
    }

    @Test
    @Order(2)
    void anotherProjectsSocketIsAsIfItWereNotThere() throws Exception {
        assertEquals("4404 not-found", whyClosed("/ws/runs/" + others.get("run")));
        assertEquals("4404 not-found", whyClosed("/ws/runs/outside-" + OTHERS));
        try (SocketClient socket = new SocketClient(server.server(), "/ws/runs/" + own.get("run"))) {
            socket.say("{\"token\":\"" + HubServer.token("reader") + "\"}");
            assertEquals(1, socket.events(1).size());
        }
    }

    private static String whyClosed(String path) throws Exception {
        try (SocketClient socket = new SocketClient(server.server(), path)) {
            socket.say("{\"token\":\"" + HubServer.token("admin") + "\"}");
            return socket.whyClosed();
        }
    }

    /** Else the tests before would have nothing to find. */
    @Test
    @Order(3)
    void whoIsNotBoundSeesItAll() {
        List<String> tell = new ArrayList<>();
        for (Route<?, ?> route : routes()) {
            if (route.method().equals("GET")
                    && Wanted.sendBare(server, route, others, HubServer.token("whole-hub"))
                            .text()
                            .contains(OTHERS)) {
                tell.add(route.toString());
            }
        }
        assertTrue(tell.size() > 25, tell::toString);
    }

    @Test
    @Order(4)
    void itsOwnIsThere() {
        List<String> wrong = new ArrayList<>();
        for (Route<?, ?> route : routes()) {
            if (!route.method().equals("GET") || OF_THE_HUB.contains(route.toString())) {
                continue;
            }
            boolean administers = ADMINISTRATION.matcher(route.template()).find();
            for (String caller : administers ? ADMINISTRATORS : CALLERS.keySet()) {
                HubServer.Reply reply = Wanted.send(server, route, own, HubServer.token(caller));
                if (reply.status() != 200) {
                    wrong.add(route + " by " + caller + ": " + reply.status() + " " + reply.text());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    @Order(5)
    void itsOwnIsChangedByThoseWhoMay() {
        for (String change :
                List.of("PATCH /api/projects/{id}", "PATCH /api/tasks/{id}", "POST /api/projects/{id}/tasks")) {
            Route<?, ?> route = Routes.all().stream()
                    .filter(one -> one.toString().equals(change))
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    2,
                    Wanted.send(server, route, own, HubServer.token("operator")).status() / 100,
                    change);
            assertEquals(
                    404,
                    Wanted.send(server, route, others, HubServer.token("operator"))
                                    .status()
                            | 4,
                    change);
        }
    }

    /** An id that was shown comes back in what is said of it. */
    private static boolean echoes(HubServer.Reply reply) {
        String left = reply.text();
        for (String id : others.values()) {
            left = left.replace(id, "");
        }
        return !left.contains(OTHERS);
    }

    /** Without the names that were asked for, and what is never the same twice. */
    private static String bare(HubServer.Reply reply, Map<String, String> ids) {
        String text = reply.text();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            text = text.replace(id.getValue(), "<" + id.getKey() + ">");
        }
        return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "<time>")
                .replaceAll("\"(requestId|instance)\":\"[^\"]*\"", "<request>")
                .replaceAll("\"once\":\"[^\"]*\"", "<secret>")
                .replaceAll("\\d+ MiB free", "<room>")
                .toLowerCase(Locale.ROOT);
    }
}
