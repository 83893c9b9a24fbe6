package dev.pilot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.CreateToken;
import dev.pilot.api.access.CreateUser;
import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.ArtifactKind;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewArtifact;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.StartGraph;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A project with one of everything, which whatever it says of itself gives away by a word. */
final class Zoo {
    private final Pilot pilot;
    private final String word;
    private final Set<String> labels;
    private final Map<String, String> ids = new HashMap<>();

    private Zoo(Pilot pilot, String word, Set<String> labels) {
        this.pilot = pilot;
        this.word = word;
        this.labels = labels;
    }

    /**
     * Makes one.
     *
     * @param pilot may do everything
     * @param word stands in all its texts
     * @param labels what a worker needs for the run that is left in the queue
     * @return its ids: of a {@code project}, {@code task}, {@code run} and so on
     */
    static Map<String, String> open(Pilot pilot, String word, Set<String> labels) {
        Zoo zoo = new Zoo(pilot, word, labels);
        zoo.fill();
        return Map.copyOf(zoo.ids);
    }

    private String id(String kind) {
        String id = kind + "-of-" + word;
        ids.put(kind, id);
        return id;
    }

    private void fill() {
        RepoId repo = new RepoId(id("repo"));
        pilot.repos()
                .create(CreateRepo.builder("file:///nowhere/" + word + "/" + word)
                        .id(repo)
                        .build());
        AgentId agent = new AgentId(id("agent"));
        pilot.agents()
                .create(CreateAgent.builder("agent")
                        .id(agent)
                        .profile(RunProfile.command(List.of("true")))
                        .build());
        ProjectId project = new ProjectId(id("project"));
        pilot.projects()
                .create(CreateProject.builder(word)
                        .id(project)
                        .category(word)
                        .tags(List.of(word))
                        .repoId(repo)
                        .build());
        Rights rights = new Rights(Set.of(Scope.READER), false, false, Set.of(project));
        ids.put(
                "user",
                pilot.users()
                        .create(new CreateUser("user-of-" + word, null, "a long enough password", rights))
                        .id()
                        .value());
        ids.put(
                "token",
                pilot.tokens()
                        .create(new CreateToken("token-of-" + word, rights, null))
                        .token()
                        .id()
                        .value());
        TaskId task = new TaskId(id("task"));
        pilot.tasks()
                .create(CreateTask.builder(project, word)
                        .id(task)
                        .role(word)
                        .assignee(agent)
                        .build());
        Lease lease = carriedOut(project);
        pilot.runs()
                .create(CreateRun.forProject(project, word + " asks")
                        .profile(RunProfile.command(List.of(word)))
                        .policy(RunPolicy.builder().approval(true).build())
                        .build());
        ids.put(
                "approval",
                pilot.approvals()
                        .list(
                                ApprovalFilter.PENDING.toBuilder()
                                        .projectId(project)
                                        .build(),
                                PageRequest.first())
                        .items()
                        .get(0)
                        .id()
                        .value());
        ids.put(
                "graph",
                pilot.graphs()
                        .start(StartGraph.forProject(project).labels(labels).build())
                        .id()
                        .value());
        pilot.projects()
                .apply(List.of(ApplyAction.builder(project, ActionKind.APPEND_NOTE)
                        .params(Json.object("note", word))
                        .build()));
        pilot.events()
                .append(List.of(NewEvent.builder(Subject.run(lease.runId()))
                        .projectId(project)
                        .runId(lease.runId())
                        .title(word)
                        .build()))
                .toCompletableFuture()
                .join();
        pilot.quotas().set(QuotaScope.PROJECT, project.value(), 5);
    }

    /** A run that a worker of its own holds, and has written all that there is to write. */
    private Lease carriedOut(ProjectId project) {
        WorkerId worker = new WorkerId(id("worker"));
        RunId run = new RunId(id("run"));
        pilot.runs()
                .create(CreateRun.forProject(project, word)
                        .id(run)
                        .externalId("outside-" + word)
                        .profile(RunProfile.command(List.of(word)).toBuilder()
                                .tools(List.of(word + ".*"))
                                .model(word)
                                .build())
                        .policy(RunPolicy.builder()
                                .askTools(List.of(word + ".*"))
                                .build())
                        .labels(Set.of(word))
                        .build());
        Lease lease = Objects.requireNonNull(pilot.work()
                .claim(ClaimRequest.builder(worker)
                        .labels(Set.of(word))
                        .lease(Duration.ofMinutes(10))
                        .waitFor(Duration.ofSeconds(20))
                        .build())
                .toCompletableFuture()
                .join()
                .get(0)
                .run()
                .lease());
        pilot.work().started(lease, word, word);
        var question = Objects.requireNonNull(
                pilot.work().tool(lease, ToolCall.builder(word + ".x").build()).approval());
        pilot.approvals().decide(question.id(), Decision.approve());
        ids.put(
                "grant",
                pilot.approvals()
                        .grants(GrantFilter.builder().projectId(project).build(), PageRequest.first())
                        .items()
                        .get(0)
                        .id()
                        .value());
        ids.put(
                "artifact",
                pilot.work()
                        .keep(lease, new NewArtifact(ArtifactKind.FILE, word, null, null), word.getBytes(UTF_8))
                        .id()
                        .value());
        pilot.work().output(lease, OutputStream.STDOUT, 0, word.getBytes(UTF_8));
        pilot.work().use(lease, new Usage(1, 2, 3, 4, 0, 0, 0, 0));
        return lease;
    }
}
