package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.project.Project;
import dev.pilot.api.value.Json;
import dev.pilot.http.HubServer.Reply;
import dev.pilot.wire.ErrorBody;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsOverHttpTest {
    @TempDir
    static Path directory;

    private static HubServer server;

    @BeforeAll
    static void start() {
        server = HubServer.start(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Project create(String name) {
        Reply reply = server.post("/api/projects", "{\"name\":\"" + name + "\"}");
        assertEquals(201, reply.status(), reply::text);
        return reply.as(Project.class);
    }

    @Test
    void aCreateSaysWhereTheProjectIsAndRepeatingItFindsIt() {
        String body = "{\"id\":\"own-id\",\"name\":\"One\"}";
        Reply first = server.post("/api/projects", body);
        assertEquals(201, first.status());
        assertEquals("/api/projects/own-id", first.header("Location"));

        Reply again = server.post("/api/projects", body);
        assertEquals(200, again.status());
        assertEquals(first.json(), again.json());
        assertEquals(first.json(), server.get("/api/projects/own-id").json());

        Reply other = server.post("/api/projects", "{\"id\":\"own-id\",\"name\":\"Another\"}");
        assertEquals(409, other.status());
        assertEquals("already-exists", other.problem().code());
        assertEquals(ErrorBody.MEDIA_TYPE, other.header("Content-Type"));
    }

    @Test
    void aStaleEntityTagFailsThePreconditionAndAStaleFieldConflicts() {
        Project project = create("Versions");
        String path = "/api/projects/" + project.id();
        String tag = server.get(path).header("ETag");
        assertNotNull(tag);

        Reply patched = server.call(
                "PATCH", path, "{\"progress\":10}", "If-Match", tag, "Content-Type", "application/merge-patch+json");
        assertEquals(200, patched.status(), patched::text);
        assertNotEquals(tag, patched.header("ETag"));

        Reply stale = server.call("PATCH", path, "{\"progress\":20}", "If-Match", tag);
        assertEquals(412, stale.status());
        assertEquals(patched.json(), stale.problem().current());
        assertEquals(patched.as(Project.class).updatedAt(), stale.problem().currentUpdatedAt());

        Reply conflict = server.call("PATCH", path, "{\"progress\":20,\"ifUpdatedAt\":" + tag + "}");
        assertEquals(409, conflict.status());
        assertEquals("conflict", conflict.problem().code());

        Reply replaced = server.call("PUT", path, "{\"name\":\"New\"}", "If-Match", tag);
        assertEquals(412, replaced.status());
        replaced = server.call("PUT", path, "{\"name\":\"New\"}", "If-Match", patched.header("ETag"));
        assertEquals(200, replaced.status(), replaced::text);
        assertEquals(0, replaced.as(Project.class).progress());
    }

    @Test
    void aConditionThatWouldNotHoldIsRefused() {
        Project project = create("Conditions");
        Reply reply = server.call("DELETE", "/api/projects/" + project.id(), null, "If-Match", "\"x\"");
        assertEquals(400, reply.status());
        assertEquals("If-Match", reply.problem().fields().get(0).field());
        assertEquals(
                400,
                server.call("PATCH", "/api/projects/" + project.id(), "{}", "If-Match", "W/\"1\"")
                        .status());
    }

    @Test
    void nullClearsAndAbsentKeeps() {
        Reply created = server.post("/api/projects", "{\"name\":\"Patch\",\"category\":\"a\",\"tags\":[\"t\"]}");
        String path = created.header("Location");
        Project patched = server.call("PATCH", path, "{\"category\":null}").as(Project.class);
        assertEquals(null, patched.category());
        assertEquals(List.of("t"), patched.tags());
    }

    @Test
    void aDeletedProjectIsGone() {
        String path = "/api/projects/" + create("Gone").id();
        Reply deleted = server.call("DELETE", path, null);
        assertEquals(204, deleted.status());
        assertEquals("", deleted.text());
        assertEquals(404, server.get(path).status());
        assertEquals("not-found", server.get(path).problem().code());
    }

    @Test
    void batchesAnswerPerItem() {
        Project project = create("Batch");
        Reply reply = server.post(
                "/api/projects/batch",
                "{\"edits\":[{\"id\":\"" + project.id()
                        + "\",\"patch\":{\"progress\":50}},{\"id\":\"none\",\"patch\":{}}]}");
        assertEquals(200, reply.status());
        List<Json> items = ((Json.Arr) reply.json().get("items")).items();
        assertTrue(items.get(0).toString().contains("\"progress\":50"));
        assertTrue(items.get(1).toString().contains("\"code\":\"not-found\""));

        Reply actions = server.post(
                "/api/actions",
                "{\"projectId\":\"" + project.id()
                        + "\",\"type\":\"add-tag\",\"params\":{\"tag\":\"x\"},\"id\":\"act-1\"}");
        assertEquals(200, actions.status(), actions::text);
        assertTrue(actions.text().contains("\"changed\":true"), actions::text);
        Reply many = server.post(
                "/api/actions",
                "{ \"actions\":[{\"projectId\":\"" + project.id()
                        + "\",\"type\":\"add-tag\",\"params\":{\"tag\":\"x\"},\"id\":\"act-1\"}]}");
        assertTrue(many.text().contains("\"replayed\":true"), many::text);
    }

    @Test
    void listsComeInPages() {
        for (int i = 0; i < 5; i++) {
            server.post("/api/projects", "{\"name\":\"Page " + i + "\",\"category\":\"paged\"}");
        }
        Json.Obj first = server.get("/api/projects?category=paged&limit=3").json();
        assertEquals(3, ((Json.Arr) first.get("items")).items().size());
        Json.Obj second = server.get("/api/projects?category=paged&limit=3&cursor=" + first.text("next"))
                .json();
        assertEquals(2, ((Json.Arr) second.get("items")).items().size());
        assertEquals(null, second.get("next"));
    }

    @Test
    void aQueryIsCheckedByName() {
        Reply unknown = server.get("/api/projects?statsu=planning");
        assertEquals(400, unknown.status());
        assertEquals(
                "statsu: is no parameter here; did you mean status?",
                unknown.problem().detail());
        assertEquals(
                400, server.get("/api/projects?status=planning&status=paused").status());
        assertEquals(
                "status",
                server.get("/api/projects?status=wild")
                        .problem()
                        .fields()
                        .get(0)
                        .field());
        assertEquals(
                "limit",
                server.get("/api/projects?limit=0").problem().fields().get(0).field());
        assertEquals(
                "limit",
                server.get("/api/projects?limit=99999999999")
                        .problem()
                        .fields()
                        .get(0)
                        .field());
        assertEquals(
                "cursor",
                server.get("/api/projects?cursor=zzz").problem().fields().get(0).field());
        assertEquals(400, server.call("GET", "/api/tasks?ready=maybe", null).status());
        assertEquals(
                "projectId",
                server.get("/api/tasks?projectId=a%20b")
                        .problem()
                        .fields()
                        .get(0)
                        .field());
    }

    @Test
    void headIsGetWithoutABody() {
        String path = "/api/projects/" + create("Head").id();
        Reply got = server.get(path);
        Reply head = server.call("HEAD", path, null);
        assertEquals(200, head.status());
        assertEquals(0, head.response().body().length);
        assertEquals(got.header("ETag"), head.header("ETag"));
        assertEquals(got.header("Content-Length"), head.header("Content-Length"));
        assertEquals(404, server.call("HEAD", "/api/projects/none", null).status());
    }

    @Test
    void whatIsUnchangedIsNotSentAgain() {
        String path = "/api/projects/" + create("Unchanged").id();
        String tag = server.get(path).header("ETag");
        Reply unchanged = server.get(path, "If-None-Match", tag);
        assertEquals(304, unchanged.status());
        assertEquals(0, unchanged.response().body().length);
        server.call("PATCH", path, "{\"progress\":1}");
        assertEquals(200, server.get(path, "If-None-Match", tag).status());
    }

    @Test
    void aPathSaysWhichMethodsItKnows() {
        Reply reply = server.call("POST", "/api/projects/x", "{}");
        assertEquals(405, reply.status());
        assertEquals("DELETE, GET, HEAD, PATCH, PUT", reply.header("Allow"));
        assertEquals(
                "DELETE, GET, HEAD, PATCH, PUT",
                server.call("OPTIONS", "/api/projects/x", null).header("Allow"));
        assertEquals(404, server.get("/api/nothing").status());
        assertEquals(
                "no-such-path", server.get("/api/projects/").problem().code().isEmpty() ? "" : "no-such-path");
    }

    @Test
    void anIdMaySpellLikeAPath() {
        server.post("/api/projects", "{\"id\":\"reorder\",\"name\":\"Named like a verb\"}");
        assertEquals(
                "reorder",
                server.get("/api/projects/reorder").as(Project.class).id().value());
        assertEquals(
                200,
                server.post("/api/projects/reorder", "{\"ids\":[\"reorder\"]}").status());
    }

    @Test
    void tasksAreCreatedUnderTheirProject() {
        Project project = create("Tasks");
        Reply created = server.post("/api/projects/" + project.id() + "/tasks", "{\"title\":\"T\"}");
        assertEquals(201, created.status(), created::text);
        String id = created.json().text("id");
        assertEquals("/api/tasks/" + id, created.header("Location"));
        assertEquals(
                400,
                server.post("/api/projects/" + project.id() + "/tasks", "{\"title\":\"T\",\"projectId\":\"other\"}")
                        .status());
        assertTrue(server.get("/api/projects/" + project.id() + "/tasks?ready=true")
                .text()
                .contains(id));
        assertTrue(server.get("/api/projects/" + project.id() + "/graph").text().contains(id));
        Reply cycle = server.call("PATCH", "/api/tasks/" + id, "{\"dependsOn\":[\"" + id + "\"]}");
        assertEquals(400, cycle.status());
        assertEquals("task-cycle", cycle.problem().code());
    }
}
