package dev.pilot.testkit.store;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoSync;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Artifact;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Records with what they can't do without; a test sets what it is about. */
final class Samples {
    static final Instant T0 = Instant.parse("2026-01-15T12:00:00Z");

    private Samples() {}

    /** So many seconds after {@link #T0}. */
    static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    static Project project(String id) {
        return project(id, 1);
    }

    static Project project(String id, long position) {
        return Project.builder()
                .id(new ProjectId(id))
                .name("Project " + id)
                .position(position)
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static Task task(String id, String project) {
        return Task.builder()
                .id(new TaskId(id))
                .projectId(new ProjectId(project))
                .title("Task " + id)
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static Run run(String id, String project) {
        return Run.builder()
                .id(new RunId(id))
                .projectId(new ProjectId(project))
                .goal("Goal of " + id)
                .profile(RunProfile.command(List.of("true")))
                .state(RunState.QUEUED)
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static Run leased(String id, String project, String worker, int attempt, Instant expiresAt) {
        return run(id, project).toBuilder()
                .state(RunState.RUNNING)
                .attempt(attempt)
                .lease(lease(id, worker, attempt, expiresAt))
                .build();
    }

    static Lease lease(String run, String worker, int attempt, Instant expiresAt) {
        return new Lease(new RunId(run), attempt, new WorkerId(worker), expiresAt);
    }

    static Attempt attempt(String run, int number) {
        return Attempt.builder()
                .runId(new RunId(run))
                .attempt(number)
                .workerId(new WorkerId("wrk_1"))
                .startedAt(T0)
                .build();
    }

    static Agent agent(String id) {
        return Agent.builder()
                .id(new AgentId(id))
                .name("Agent " + id)
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static Approval approval(String id, String run) {
        return Approval.builder()
                .id(new ApprovalId(id))
                .subject(Subject.run(new RunId(run)))
                .runId(new RunId(run))
                .kind(ApprovalKind.QUESTION)
                .title("May it?")
                .hash("cd".repeat(32))
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static Artifact artifact(String id, String run, Instant createdAt) {
        return new Artifact(
                new ArtifactId(id),
                new RunId(run),
                1,
                ArtifactKind.DIFF,
                "changes.diff",
                "text/x-diff",
                4_000_000_000L,
                "ab".repeat(32),
                Json.object("files", 3),
                createdAt);
    }

    static Repo repo(String id, String slug) {
        return Repo.builder()
                .id(new RepoId(id))
                .slug(slug)
                .remoteUrl("https://git.example/" + slug)
                .defaultBranch("main")
                .sync(new RepoSync(T0, null, "0123456789abcdef"))
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static NewEvent event(String id) {
        return event(id, "project", "prj_1");
    }

    static NewEvent event(String id, String subjectType, String subjectId) {
        return NewEvent.builder(new Subject(subjectType, subjectId))
                .id(new EventId(id))
                .title("Event " + id)
                .build();
    }

    static List<NewEvent> events(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> event(prefix + i)).toList();
    }
}
