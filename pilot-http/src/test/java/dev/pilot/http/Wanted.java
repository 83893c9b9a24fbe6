package dev.pilot.http;

import dev.pilot.api.value.Json;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request of each route that is in order, about whatever things one has the ids of. */
final class Wanted {
    private static final Pattern HOLE = Pattern.compile("\\$(\\w+)");
    private static final String LEASE =
            "{'runId':'$run','attempt':1,'workerId':'$worker','expiresAt':'2030-01-01T00:00:00Z'}";
    private static final Map<String, String> BODIES = new HashMap<>();
    private static final Map<String, String> QUERIES = new HashMap<>();
    /** What {@code {id}} is, by the path before it. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            Map.entry("/api/projects", "project"),
            Map.entry("/api/tasks", "task"),
            Map.entry("/api/runs", "run"),
            Map.entry("/ws/runs", "run"),
            Map.entry("/api/graph-runs", "graph"),
            Map.entry("/api/agents", "agent"),
            Map.entry("/api/approvals", "approval"),
            Map.entry("/api/grants", "grant"),
            Map.entry("/api/repos", "repo"),
            Map.entry("/api/artifacts", "artifact"),
            Map.entry("/api/workers", "worker"),
            Map.entry("/api/users", "user"),
            Map.entry("/api/tokens", "token"));

    static {
        body("POST /api/projects", "{'name':'n'}");
        body("PUT /api/projects/{id}", "{'name':'n'}");
        body("PATCH /api/projects/{id}", "{'category':'c'}");
        body("POST /api/projects/reorder", "{'ids':['$project']}");
        body("POST /api/projects/batch", "{'edits':[{'id':'$project','patch':{'category':'c'}}]}");
        body("POST /api/actions", "{'actions':[{'projectId':'$project','type':'add-tag','params':{'tag':'t'}}]}");
        body("POST /api/tasks", "{'projectId':'$project','title':'t'}");
        body("POST /api/projects/{id}/tasks", "{'title':'t'}");
        body("PATCH /api/tasks/{id}", "{'role':'r'}");
        body("POST /api/projects/{id}/plan", "{'tasks':[{'key':'k','title':'t'}]}");
        body("POST /api/projects/{id}/graph/runs", "{'profile':{'command':['true']}}");
        body("POST /api/agents", "{'name':'n'}");
        body("PATCH /api/agents/{id}", "{'role':'r'}");
        body("POST /api/repos", "{'remoteUrl':'https://example.org/some/thing'}");
        body("PATCH /api/repos/{id}", "{'defaultBranch':'main'}");
        String run = "{'projectId':'$project','goal':'g','profile':{'command':['true']}}";
        body("POST /api/runs", run);
        body("POST /api/runs/batch", "{'runs':[" + run + "]}");
        body("POST /api/tasks/{id}/runs", "{'profile':{'command':['true']},'parallel':true}");
        body("POST /api/runs/{id}/approve", "{}");
        body("POST /api/runs/{id}/reject", "{}");
        body("POST /api/runs/{id}/accept", "{}");
        body("POST /api/runs/{id}/cancel", "{}");
        body("POST /api/runs/claim", "{'workerId':'$worker','waitFor':0,'holding':[]}");
        body("POST /api/runs/heartbeat", "{'workerId':'$worker','leases':[" + LEASE + "]}");
        body("POST /api/runs/report", "{'reports':[{'lease':" + LEASE + ",'result':'succeeded'}]}");
        body("POST /api/runs/release", "{'leases':[" + LEASE + "]}");
        body("POST /api/runs/usage", "{'reports':[{'id':'1','lease':" + LEASE + ",'used':{'inputTokens':1}}]}");
        body("POST /api/runs/{id}/started", "{'branch':'b','baseCommit':'c'}");
        body("POST /api/runs/{id}/base", "{'commits':[]}");
        body("PUT /api/runs/{id}/branch", "no bundle");
        body("POST /api/runs/{id}/ask", "{'kind':'question','title':'t'}");
        body("POST /api/runs/{id}/tools", "{'tool':'t'}");
        body("POST /api/runs/{id}/usage", "{'inputTokens':1}");
        body("POST /api/runs/{id}/output", "printed");
        query("POST /api/runs/{id}/output", "stream=stdout&offset=0");
        body("POST /api/runs/{id}/artifacts", "bytes");
        query("POST /api/runs/{id}/artifacts", "kind=file&name=n");
        body("PUT /api/quotas", "{'scope':'project','key':'$project','max':7}");
        query("DELETE /api/quotas", "scope=project&key=none");
        body("PUT /api/budgets", "{'scope':'project','key':'$project','period':'total','limits':{'tokens':7000000}}");
        query("DELETE /api/budgets", "scope=project&key=none&period=total");
        String event = "'subject':{'type':'run','id':'$run'},'runId':'$run','projectId':'$project','type':'note'";
        body("POST /api/events", "{" + event + "}");
        body("POST /api/runs/{id}/events", "{'type':'note'}");
        body("POST /api/approvals/{id}/decision", "{'verdict':'reject'}");
        body("POST /api/approvals/decisions", "{'decisions':[{'id':'$approval','decision':{'verdict':'reject'}}]}");
        String rights = "'rights':{'scopes':['reader'],'approves':false,'projects':['another']}";
        body("POST /api/users", "{'name':'n','password':'a long enough password'," + rights + "}");
        body("PATCH /api/users/{id}", "{'email':null}");
        body("POST /api/users/{id}/password", "{'password':'a long enough password'}");
        body("POST /api/tokens", "{'name':'n'," + rights + "}");
        body("POST /api/auth/change-password", "{'current':'one','next':'a long enough password'}");
        body(
                "POST /api/audit/ingest",
                "{'events':[{'kind':'path','operation':'read','target':'/etc/passwd','decision':'denied',"
                        + "'projectId':'$project','runId':'$run'}]}");
        query("GET /api/audit", "projectId=$project");
        query("GET /api/audit/export", "projectId=$project");
        query("GET /api/runs", "projectId=$project");
        query("GET /api/tasks", "projectId=$project");
        query("GET /api/events", "projectId=$project");
        query("GET /api/grants", "projectId=$project");
        query("GET /api/inbox", "runId=$run");
        query("GET /api/stats/usage", "by=project,agent,model");
    }

    private Wanted() {}

    private static void body(String route, String body) {
        BODIES.put(route, body.replace('\'', '"'));
    }

    private static void query(String route, String query) {
        QUERIES.put(route, query);
    }

    /**
     * Asks.
     *
     * @param ids the ids of a {@code project}, {@code task}, {@code run}, {@code worker} and so on
     */
    static HubServer.Reply send(HubServer server, Route<?, ?> route, Map<String, String> ids, String token) {
        return show(server, route, ids, "Bearer " + token);
    }

    /** The same for all that there is, where a list could be narrowed to what has these ids. */
    static HubServer.Reply sendBare(HubServer server, Route<?, ?> route, Map<String, String> ids, String token) {
        return send(server, route, ids, "Bearer " + token, false);
    }

    /** @param authorization what is shown, if anything */
    static HubServer.Reply show(
            HubServer server, Route<?, ?> route, Map<String, String> ids, @Nullable String authorization) {
        return send(server, route, ids, authorization, true);
    }

    private static HubServer.Reply send(
            HubServer server,
            Route<?, ?> route,
            Map<String, String> ids,
            @Nullable String authorization,
            boolean narrowed) {
        String body = BODIES.get(route.toString());
        if (body == null && route.accepts() != Media.NONE) {
            throw new AssertionError("there is no body for " + route + ": add one");
        }
        String query =
                narrowed || !route.method().equals("GET") || route.toString().endsWith("/usage")
                        ? QUERIES.get(route.toString())
                        : null;
        String path = filled(path(route), ids) + (query == null ? "" : "?" + filled(query, ids));
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(filled(body, ids));
        String method = route.answers() == Media.EVENT_STREAM ? "HEAD" : route.method();
        return server.send(
                method,
                path,
                publisher,
                "Authorization",
                authorization == null ? "" : authorization,
                "Content-Type",
                route.accepts() == Media.BYTES ? "application/octet-stream" : "application/json",
                "Pilot-Lease",
                "1;" + ids.get("worker"));
    }

    private static String path(Route<?, ?> route) {
        String path = route.template();
        int id = path.indexOf("/{id}");
        return id < 0 ? path : path.replace("{id}", "$" + PLACES.get(path.substring(0, id)));
    }

    private static String filled(String text, Map<String, String> ids) {
        return HOLE.matcher(text)
                .replaceAll(
                        hole -> Matcher.quoteReplacement(Objects.requireNonNull(ids.get(hole.group(1)), hole.group())));
    }

    /** Whether the table refused it, as a whole or what it was about. */
    static boolean isRefused(HubServer.Reply reply) {
        if (reply.status() == 403) {
            return true;
        }
        if (reply.status() != 200 || !reply.text().startsWith("{\"items\":[{\"error\"")) {
            return false;
        }
        Json.Arr items = (Json.Arr) Objects.requireNonNull(reply.json().get("items"));
        Json.Obj error =
                (Json.Obj) Objects.requireNonNull(((Json.Obj) items.items().get(0)).get("error"));
        return "forbidden".equals(error.text("kind"));
    }
}
