package dev.pilot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pilot.api.access.AuditDecision;
import dev.pilot.api.access.AuditEvent;
import dev.pilot.api.access.AuditFault;
import dev.pilot.api.access.AuditFinding;
import dev.pilot.api.access.AuditKind;
import dev.pilot.api.access.AuditOperation;
import dev.pilot.api.access.AuditReport;
import dev.pilot.api.access.NewAuditEvent;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.AuditId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Priority;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectCommands;
import dev.pilot.api.project.ProjectStatus;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoSync;
import dev.pilot.api.run.Appended;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.GrantScope;
import dev.pilot.api.run.GrantTerms;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.Link;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolVerdict;
import dev.pilot.api.run.Verdict;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Page;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The main messages as they are on the wire. A change here is a change for every client there is. */
class GoldenTest {
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Project PROJECT = Project.builder()
            .id(new ProjectId("prj_1"))
            .name("Tür \"A\"")
            .createdAt(THEN)
            .updatedAt(NOW)
            .status(ProjectStatus.IN_PROGRESS)
            .priority(Priority.HIGH)
            .tags(List.of("x", "y"))
            .progress(40)
            .position(1_024)
            .commands(new ProjectCommands(List.of(), List.of("mvn", "test"), List.of()))
            .attributes(new Json.Obj(Map.of("budget", new Json.Num("1.50"))))
            .build();
    private static final Lease LEASE = new Lease(new RunId("run_1"), 2, new WorkerId("wrk_1"), NOW);
    private static final Run RUN = Run.builder()
            .id(LEASE.runId())
            .projectId(PROJECT.id())
            .goal("make it so")
            .profile(RunProfile.command(List.of("claude", "-p")))
            .state(RunState.RUNNING)
            .createdAt(THEN)
            .updatedAt(NOW)
            .taskId(new TaskId("tsk_1"))
            .labels(Set.of("linux", "gpu"))
            .policy(RunPolicy.builder()
                    .review(true)
                    .gates(List.of(new Gate("test", List.of("mvn", "verify"), Duration.ofMinutes(5))))
                    .build())
            .attempt(2)
            .lease(LEASE)
            .build();

    static Stream<Map.Entry<String, Object>> messages() {
        Map<String, Object> messages = new TreeMap<>();
        messages.put("project", PROJECT);
        messages.put(
                "create-project",
                CreateProject.builder("New").tags(List.of("a")).build());
        messages.put(
                "update-project",
                UpdateProject.builder()
                        .name(Edit.set("Renamed"))
                        .category(Edit.clear())
                        .ifUpdatedAt(THEN)
                        .build());
        messages.put(
                "task",
                Task.builder()
                        .id(new TaskId("tsk_1"))
                        .projectId(PROJECT.id())
                        .title("Do it")
                        .createdAt(THEN)
                        .updatedAt(NOW)
                        .status(TaskStatus.REVIEW)
                        .dependsOn(List.of(new TaskId("tsk_0")))
                        .build());
        messages.put("run", RUN);
        messages.put(
                "create-run",
                CreateRun.forTask(new TaskId("tsk_1"))
                        .agentId(new AgentId("agt_1"))
                        .links(List.of(new Link("ticket", "https://example.org/1")))
                        .build());
        messages.put(
                "event",
                new Event(
                        7,
                        new EventId("evt_1"),
                        THEN,
                        Subject.run(RUN.id()),
                        RUN.id(),
                        PROJECT.id(),
                        "status",
                        Level.WARN,
                        "claimed",
                        "",
                        Json.object("move", "claim", "attempt", 2)));
        messages.put(
                "approval",
                Approval.builder()
                        .id(new ApprovalId("apr_1"))
                        .subject(Subject.run(RUN.id()))
                        .kind(ApprovalKind.REVIEW)
                        .title("Merge?")
                        .hash("ab".repeat(32))
                        .askedBy("agent")
                        .expiresAt(NOW)
                        .createdAt(THEN)
                        .updatedAt(NOW)
                        .status(ApprovalStatus.APPROVED)
                        .risk(Risk.HIGH)
                        .decidedBy("somebody")
                        .decidedAt(NOW)
                        .build());
        messages.put("decision", Decision.again("more tests"));
        messages.put(
                "decision-with-grant",
                Decision.builder(Verdict.APPROVE)
                        .hash("ab".repeat(32))
                        .grant(GrantTerms.builder()
                                .scope(GrantScope.PROJECT)
                                .anyArguments(true)
                                .uses(3)
                                .expiresIn(Duration.ofHours(1))
                                .build())
                        .build());
        messages.put(
                "tool-call",
                ToolCall.builder("git.push")
                        .target("pilot/run_1")
                        .arguments(Json.object("force", false))
                        .build());
        messages.put("tool-answer", new ToolAnswer(ToolVerdict.DENIED, "tool-unknown", "no such tool", null));
        messages.put(
                "audit-event",
                new AuditEvent(
                        7,
                        new AuditId("aud_1"),
                        THEN,
                        "worker",
                        AuditKind.PATH,
                        AuditOperation.GIT_COMMIT,
                        "/srv/a \"b\"",
                        AuditDecision.DENIED,
                        RUN.id(),
                        PROJECT.id(),
                        "outside of the roots",
                        12L,
                        "host-1",
                        null,
                        NOW,
                        Json.object("mode", "rw"),
                        "ab".repeat(32)));
        messages.put(
                "new-audit-event",
                NewAuditEvent.builder(AuditKind.COMMAND, AuditOperation.EXEC, "make", AuditDecision.ALLOWED)
                        .runId(RUN.id())
                        .id(new AuditId("aud_2"))
                        .build());
        messages.put(
                "audit-report",
                new AuditReport(
                        7, 1, 9, "ab".repeat(32), 6, new AuditFinding(AuditFault.ALTERED, 8, "Record 8 was altered.")));
        messages.put(
                "repo",
                Repo.builder()
                        .id(new RepoId("rep_1"))
                        .slug("o/n")
                        .remoteUrl("https://example.org/o/n.git")
                        .createdAt(THEN)
                        .updatedAt(NOW)
                        .sync(new RepoSync(NOW, null, "abc"))
                        .build());
        messages.put(
                "claim-request",
                ClaimRequest.builder(LEASE.workerId())
                        .labels(Set.of("b", "a"))
                        .runners(Set.of(RunnerKind.PROCESS, RunnerKind.AGENT))
                        .holding(List.of(LEASE.runId()))
                        .waitFor(Duration.ofMillis(1_500))
                        .build());
        messages.put(
                "finish-run",
                FinishRun.builder(LEASE, RunResult.SUCCEEDED)
                        .exitCode(0)
                        .gates(List.of(new GateResult("test", List.of("mvn"), true, 0, Duration.ofSeconds(90), "ok")))
                        .build());
        messages.put("heartbeat-answer", new HeartbeatAnswer(List.of(new LeaseState(LEASE, false, "cancelled")), true));
        messages.put("appended", new Appended(List.of(new Created<>(new EventId("evt_1"), false))));
        messages.put(
                "results",
                new Page<>(
                        List.of(
                                new ItemResult.Done<>(PROJECT.id()),
                                new ItemResult.Refused<>(InvalidInput.of("ids[1]", "is given twice"))),
                        "cursor"));
        messages.put("conflict", ErrorBody.of(Conflict.stale("project", "prj_1", THEN, NOW, PROJECT), 412));
        messages.put("lease-lost", ErrorBody.of(new LeaseLost("run_1", 2, 3, "It was claimed again.")));
        return messages.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageLooksAsItAlwaysDid(Map.Entry<String, Object> message) throws IOException {
        try (InputStream golden = GoldenTest.class.getResourceAsStream("golden/" + message.getKey() + ".json")) {
            String json = WireCodec.writeText(message.getValue());
            assertNotNull(golden, () -> "golden/" + message.getKey() + ".json should be there: " + json);
            String expected = new String(golden.readAllBytes(), UTF_8);
            assertEquals(WireCodec.parse(expected).toString(), json);
        }
    }
}
