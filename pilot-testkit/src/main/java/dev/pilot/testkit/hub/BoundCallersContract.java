package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.ProjectFilter;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.project.UsageKey;
import dev.pilot.api.project.UsageQuery;
import dev.pilot.api.project.UsageRow;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.InboxItem;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.LeaseState;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.api.value.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a hub promises about callers who are bound to projects: what belongs to others is not there. */
public abstract class BoundCallersContract extends HubContract {
    /** What no worker has: what is left in the queue is not in the way of other tests. */
    private static final Set<String> NOBODYS = Set.of("nobodys");

    /** For subclasses. */
    protected BoundCallersContract() {}

    private Pilot bound(Scope scope, Project... projects) {
        Set<ProjectId> ids = List.of(projects).stream().map(Project::id).collect(Collectors.toSet());
        return fixture().as(Caller.of("bound-" + scope.wire(), scope).in(ids));
    }

    /** Says the same, but for the id, as of something that there is not. */
    private static <E extends PilotException> void asIfAbsent(
            Class<E> type, String id, ThrowingCallable there, String none, ThrowingCallable absent) {
        E of = refused(type, there);
        E like = refused(type, absent);
        assertThat(of.code()).isEqualTo(like.code());
        assertThat(of.getMessage().replace(id, none)).isEqualTo(like.getMessage());
    }

    @Test
    void listsHaveItsOwnOnlyPageByPage() {
        List<Project> own = List.of(project(), project(), project());
        Set<ProjectId> ids = own.stream().map(Project::id).collect(Collectors.toSet());
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (Project each : own) {
                runs.add(0, run(each).id());
            }
            run(project());
        }
        Pilot reader = bound(Scope.READER, own.toArray(new Project[0]));

        assertThat(walk(2, page -> reader.projects().list(ProjectFilter.ALL, page)))
                .extracting(Project::id)
                .containsExactlyElementsOf(own.stream().map(Project::id).toList());
        assertThat(walk(5, page -> reader.runs().list(RunFilter.ALL, page)))
                .extracting(Run::id)
                .containsExactlyElementsOf(runs);
        assertThat(walk(3, page -> reader.runs().list(RunFilter.of(own.get(1).id()), page)))
                .hasSize(4)
                .allMatch(run -> run.projectId().equals(own.get(1).id()));
        assertThat(reader.runs()
                        .list(RunFilter.of(project().id()), PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(walk(7, page -> reader.approvals().list(ApprovalFilter.PENDING, page)))
                .hasSize(12)
                .allMatch(approval -> ids.contains(approval.projectId()));
        assertThat(walk(7, page -> reader.approvals().inbox(ApprovalFilter.PENDING, page)))
                .extracting(InboxItem::approval)
                .hasSize(12);
    }

    /** One that waits for somebody to let it start. */
    private Run run(Project project) {
        return pilot().runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .profile(RunProfile.command(List.of("true")))
                        .labels(NOBODYS)
                        .policy(RunPolicy.builder().approval(true).build())
                        .build());
    }

    @Test
    void countsAreOfItsOwnOnly() {
        Project own = project();
        run(own);
        run(project());
        Pilot reader = bound(Scope.READER, own);

        assertThat(reader.projects().stats().projects()).isEqualTo(1);
        assertThat(reader.projects().stats().runsByState()).isEqualTo(Map.of("PROPOSED", 1L));
        assertThat(reader.system().overview().projects()).isEqualTo(1);
        assertThat(reader.system().overview().runs()).isEqualTo(Map.of("PROPOSED", 1L));
        assertThat(reader.system().overview().pendingApprovals()).isEqualTo(1);
        assertThat(reader.system().overview().repos()).isZero();
        assertThat(reader.system().overview().lastPosition())
                .isEqualTo(reader.events().lastPosition())
                .isLessThan(pilot().events().lastPosition());
    }

    @Test
    void usageIsOfItsOwnOnly() {
        RunStage own = stage();
        RunStage other = stage();
        for (RunStage stage : List.of(own, other)) {
            stage.queued(RunPolicy.NONE);
            pilot().work().use(RunStage.leaseOf(stage.claim().run()), new Usage(0, 3, 0, 0, 0, 0, 0, 0));
        }
        Pilot reader = bound(Scope.READER, own.project);
        assertThat(reader.projects().usage(UsageQuery.of(UsageKey.PROJECT)))
                .extracting(UsageRow::project)
                .containsExactly(own.project.id().value());
        assertThat(reader.projects().usage(UsageQuery.of()))
                .extracting(row -> row.used().inputTokens())
                .containsExactly(3L);
    }

    @Test
    void anothersThingsAreNotFound() {
        Project own = project();
        Run run = run(project());
        Pilot operator = bound(Scope.OPERATOR, own);
        Approval approval = pilot().approvals()
                .list(ApprovalFilter.builder().runId(run.id()).build(), PageRequest.first())
                .items()
                .get(0);
        String id = run.id().value();
        RunId none = new RunId("run-that-there-is-not");

        asIfAbsent(
                NotFound.class,
                id,
                () -> operator.runs().get(run.id()),
                none.value(),
                () -> operator.runs().get(none));
        asIfAbsent(
                NotFound.class,
                id,
                () -> operator.runs().cancel(run.id(), null),
                none.value(),
                () -> operator.runs().cancel(none, null));
        refused(NotFound.class, () -> operator.runs().approve(run.id(), null));
        refused(NotFound.class, () -> operator.runs().whyWaiting(run.id()));
        refused(NotFound.class, () -> operator.approvals().get(approval.id()));
        refused(NotFound.class, operator.approvals().await(approval.id(), Duration.ZERO));
        refused(NotFound.class, () -> operator.approvals().decide(approval.id(), Decision.approve()));
        refused(
                NotFound.class,
                () -> operator.projects()
                        .update(
                                run.projectId(),
                                UpdateProject.builder().name(Edit.set("mine")).build()));
        refused(NotFound.class, () -> operator.projects().delete(run.projectId()));
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
        assertThat(pilot().approvals().get(approval.id())).isEqualTo(approval);
    }

    @Test
    void aRunIsNotFoundByAnOutsideIdThatAnotherOneShares() {
        Project own = project();
        String outside = unique("outside");
        Run mine = outside(pilot(), own, outside);
        outside(pilot(), project(), outside);
        assertThat(bound(Scope.READER, own).runs().get(new RunId(outside))).isEqualTo(mine);
    }

    private static Run outside(Pilot by, Project project, String externalId) {
        return by.runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .externalId(externalId)
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .build());
    }

    @Test
    void nothingIsMadeElsewhere() {
        Project own = project();
        Project other = project();
        Task task =
                pilot().tasks().create(CreateTask.builder(other.id(), "task").build());
        Pilot operator = bound(Scope.OPERATOR, own);
        String id = other.id().value();
        ProjectId none = new ProjectId("project-that-there-is-not");

        asIfAbsent(
                InvalidInput.class,
                id,
                () -> operator.tasks()
                        .create(CreateTask.builder(other.id(), "mine").build()),
                none.value(),
                () -> operator.tasks().create(CreateTask.builder(none, "mine").build()));
        asIfAbsent(
                InvalidInput.class,
                id,
                () -> operator.runs().create(command(other.id()).build()),
                none.value(),
                () -> operator.runs().create(command(none).build()));
        invalid(
                "taskId",
                () -> operator.runs().create(CreateRun.forTask(task.id()).build()));
        InvalidInput depends = refused(
                InvalidInput.class,
                () -> operator.tasks()
                        .create(CreateTask.builder(own.id(), "mine")
                                .dependsOn(List.of(task.id()))
                                .build()));
        assertThat(depends.getMessage()).contains("there is no task");
        InvalidInput parent = refused(
                InvalidInput.class,
                () -> operator.runs()
                        .create(command(own.id()).parentId(run(other).id()).build()));
        assertThat(parent.getMessage()).contains("there is no run");
    }

    private static CreateRun.Builder command(ProjectId project) {
        return CreateRun.forProject(project, "goal")
                .profile(RunProfile.command(List.of("true")))
                .labels(NOBODYS);
    }

    @Test
    void aCreateFindsNothingElsewhereByItsKey() {
        Project own = project();
        Project other = project();
        Pilot operator = bound(Scope.OPERATOR, own);
        CreateTask theirs = CreateTask.builder(other.id(), "task")
                .idempotencyKey(unique("key"))
                .build();
        CreateRun theirRun = command(other.id()).idempotencyKey(unique("key")).build();
        Task task = pilot().tasks().create(theirs);
        pilot().runs().create(theirRun);

        invalid("projectId", () -> operator.tasks().create(theirs));
        invalid("projectId", () -> operator.runs().create(theirRun));
        AlreadyExists taken = refused(
                AlreadyExists.class,
                () -> operator.tasks()
                        .create(CreateTask.builder(own.id(), "task")
                                .id(task.id())
                                .build()));
        assertThat(taken.getMessage()).doesNotContain(other.id().value());
    }

    @Test
    void theHubIsNotItsMatter() {
        Pilot admin = bound(Scope.ADMIN, project());
        String code = "bound-to-projects";
        refused(Forbidden.class, code, () -> admin.projects().create(CreateProject.named("project")));
        refused(Forbidden.class, code, () -> admin.projects().reorder(List.of()));
        refused(Forbidden.class, code, () -> admin.quotas().set(QuotaScope.OVERALL, Quota.EACH, 1));
        refused(Forbidden.class, code, () -> admin.workers().list());
        refused(
                Forbidden.class,
                code,
                () -> admin.repos()
                        .create(CreateRepo.builder("https://example.org/a/b").build()));
    }

    @Test
    void repositoriesAreThereForThoseWhoseProjectsUseThem() {
        Repo used = repo();
        Repo another = repo();
        Project own = pilot().projects()
                .create(CreateProject.builder(unique("project"))
                        .repoId(used.id())
                        .build());
        Pilot operator = bound(Scope.OPERATOR, own);
        assertThat(operator.repos().list(PageRequest.first()).items()).containsExactly(used);
        assertThat(operator.repos().get(used.id())).isEqualTo(used);
        refused(NotFound.class, () -> operator.repos().get(another.id()));
        refused(NotFound.class, () -> operator.repos().sync(another.id()));
        invalid(
                "repoId",
                () -> operator.projects()
                        .update(
                                own.id(),
                                UpdateProject.builder()
                                        .repoId(Edit.set(another.id()))
                                        .build()));
    }

    private Repo repo() {
        return pilot().repos()
                .create(CreateRepo.builder("https://example.org/some/" + unique("repo"))
                        .build());
    }

    @Test
    void aWorkerGetsRunsOfItsProjectsOnly() {
        RunStage own = stage();
        RunStage other = stage();
        Run mine = own.queued();
        Run theirs = other.queued();
        Pilot worker = bound(Scope.WORKER, own.project);
        List<Assignment> claimed = done(worker.work()
                .claim(own.request()
                        .labels(Set.of(own.label, other.label))
                        .limit(10)
                        .build()));
        assertThat(claimed).extracting(each -> each.run().id()).containsExactly(mine.id());
        assertThat(pilot().runs().get(theirs.id())).isEqualTo(theirs);
    }

    @Test
    void aWaitingWorkerIsNotServedWithAnothersRuns() {
        RunStage own = stage();
        RunStage other = stage();
        Pilot worker = bound(Scope.WORKER, own.project);
        var waiting = worker.work()
                .claim(own.request()
                        .labels(Set.of(own.label, other.label))
                        .limit(1)
                        .waitFor(Duration.ofSeconds(30))
                        .build());
        Run theirs = other.queued();
        Run mine = own.queued();
        assertThat(done(waiting)).extracting(each -> each.run().id()).containsExactly(mine.id());
        assertThat(pilot().runs().get(theirs.id()).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void anothersLeaseIsNoUse() {
        RunStage other = stage();
        other.queued(RunPolicy.NONE);
        Run held = other.claim().run();
        Lease lease = RunStage.leaseOf(held);
        Pilot worker = bound(Scope.WORKER, project());

        assertThat(worker.work()
                        .heartbeat(new HeartbeatRequest(
                                new WorkerId(unique("worker")), List.of(lease), Duration.ofMinutes(5)))
                        .leases())
                .singleElement()
                .matches(state -> !state.held() && "deleted".equals(state.reason()));
        refused(NotFound.class, () -> worker.work().gates(lease));
        refused(NotFound.class, () -> worker.work().use(lease, Usage.NONE));
        refused(
                NotFound.class,
                worker.work()
                        .use(List.of(new UsageReport("1", lease, new Usage(0, 1, 0, 0, 0, 0, 0, 0), false)))
                        .get(0));
        refused(
                NotFound.class,
                worker.work().finish(List.of(RunStage.succeeded(lease).build())).get(0));
        refused(NotFound.class, worker.work().release(List.of(lease)).get(0));
        // It doesn't get its answers taken back, either.
        refused(
                Forbidden.class,
                worker.work()
                        .claim(other.request()
                                .holding(List.of())
                                .waitFor(Duration.ZERO)
                                .build()));
        assertThat(pilot().runs().get(held.id())).isEqualTo(held);
    }

    @Test
    void eventsAreOfItsOwnOnly() {
        Project own = project();
        Project other = project();
        Pilot agent = bound(Scope.AGENT, own);
        long before = pilot().events().lastPosition();
        CollectingFollower live = new CollectingFollower();
        try (Registration following = agent.events().follow(EventFilter.ALL, before, live)) {
            for (Project each : List.of(other, own, other)) {
                done(pilot().events()
                        .append(List.of(NewEvent.builder(Subject.project(each.id()))
                                .projectId(each.id())
                                .title("of " + each.id())
                                .build())));
            }
            done(agent.events()
                    .append(List.of(NewEvent.builder(Subject.project(own.id()))
                            .title("last")
                            .build())));
            eventually().until(() -> live.size() >= 2);
        }
        assertThat(live.events()).extracting(Event::title).containsExactly("of " + own.id(), "last");
        assertThat(agent.events().list(EventFilter.ALL, before, 100).items())
                .extracting(Event::title)
                .containsExactly("of " + own.id(), "last");
        assertThat(agent.events()
                        .list(new EventFilter(Subject.project(other.id()), null, null, null), 0, 100)
                        .items())
                .isEmpty();
    }

    @Test
    void nothingIsSaidInAnothersThread() {
        Project own = project();
        Run mine = run(own);
        Run theirs = run(project());
        Pilot agent = bound(Scope.AGENT, own);

        for (NewEvent foreign : List.of(
                NewEvent.builder(Subject.run(theirs.id())).build(),
                NewEvent.builder(Subject.run(theirs.id())).projectId(own.id()).build(),
                NewEvent.builder(Subject.run(mine.id())).runId(theirs.id()).build(),
                NewEvent.builder(Subject.project(own.id()))
                        .projectId(theirs.projectId())
                        .build())) {
            refused(PilotException.class, agent.events().append(List.of(foreign)));
        }
        refused(
                InvalidInput.class,
                agent.events()
                        .append(List.of(
                                NewEvent.builder(new Subject("weather", "here")).build())));
        refused(
                NotFound.class,
                agent.projects()
                        .apply(List.of(ApplyAction.builder(own.id(), ActionKind.APPEND_NOTE)
                                .params(Json.object("note", "here"))
                                .runId(theirs.id())
                                .build()))
                        .get(0));
        done(agent.events()
                .append(List.of(NewEvent.builder(Subject.run(mine.id()))
                        .runId(mine.id())
                        .title("mine")
                        .build())));
        assertThat(events(EventFilter.of(mine.id())).stream()
                        .filter(event -> event.title().equals("mine")))
                .singleElement()
                .matches(event -> own.id().equals(event.projectId()));
    }

    @Test
    void limitsTellNothingOfOthers() {
        RunStage own = stage();
        RunStage other = stage();
        for (RunStage stage : List.of(own, other)) {
            stage.queued(RunPolicy.NONE);
            Assignment unused = stage.claim();
            pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 50);
        }
        pilot().quotas().set(QuotaScope.OVERALL, Quota.EACH, 500_000);
        try {
            List<QuotaUse> quotas = bound(Scope.READER, own.project).quotas().list();
            assertThat(quotas)
                    .filteredOn(quota -> quota.quota().scope() == QuotaScope.PROJECT)
                    .singleElement()
                    .matches(quota ->
                            quota.active().equals(Map.of(own.project.id().value(), 1)));
            assertThat(quotas)
                    .filteredOn(quota -> quota.quota().scope() == QuotaScope.OVERALL)
                    .singleElement()
                    .matches(quota -> quota.active().isEmpty());
        } finally {
            pilot().quotas().remove(QuotaScope.OVERALL, Quota.EACH);
        }
    }

    @Test
    void whyARunWaitsTellsNothingOfOthers() {
        RunStage own = stage();
        RunStage other = stage();
        other.queued(RunPolicy.NONE);
        Assignment unused = other.claim();
        Run waiting = own.queued();
        int active = pilot().runs()
                .list(RunFilter.builder().state(RunState.RUNNING).build(), PageRequest.first(500))
                .items()
                .size();
        pilot().quotas().set(QuotaScope.OVERALL, Quota.EACH, 0);
        try {
            Pilot agent = bound(Scope.AGENT, own.project);
            assertThat(pilot().runs().whyWaiting(waiting.id()).reasons())
                    .anyMatch(reason -> reason.message().contains(active + " active"));
            assertThat(agent.runs().whyWaiting(waiting.id()).reasons())
                    .anyMatch(reason -> reason.kind() == WaitKind.QUOTA)
                    .noneMatch(reason ->
                            reason.message().contains("active") || reason.data().get("active") != null);
            OverLimit full = refused(OverLimit.class, () -> outside(agent, own.project, unique("outside")));
            assertThat(full.getMessage()).doesNotContain("active");
        } finally {
            pilot().quotas().remove(QuotaScope.OVERALL, Quota.EACH);
        }
    }

    @Test
    void outsideWorkIsReportedByWhoRegisteredIt() {
        Project own = project();
        Pilot one = fixture().as(Caller.of("agent-one", Scope.AGENT));
        Pilot two = fixture().as(Caller.of("agent-two", Scope.AGENT));
        Run run = outside(one, own, unique("outside"));
        Lease lease = RunStage.leaseOf(run);
        assertThat(run.createdBy()).isEqualTo("agent-one");

        refused(Forbidden.class, "not-your-run", () -> two.work().use(lease, Usage.NONE));
        refused(
                Forbidden.class,
                two.work().finish(List.of(RunStage.succeeded(lease).build())).get(0));
        refused(
                Forbidden.class,
                two.work()
                        .use(List.of(new UsageReport("1", lease, Usage.NONE, true)))
                        .get(0));
        assertThat(two.work()
                        .heartbeat(new HeartbeatRequest(lease.workerId(), List.of(lease), Duration.ofMinutes(1)))
                        .leases())
                .singleElement()
                .matches(state -> !state.held());
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
        assertThat(one.work()
                        .finish(List.of(RunStage.succeeded(lease).build()))
                        .get(0)
                        .get()
                        .state())
                .isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aWorkersLeasesAreReportedOnByWhoCameAsThisWorker() {
        Project project = project();
        String label = unique("label");
        Pilot one = fixture().as(Caller.of("worker-one", Scope.WORKER));
        Pilot two = fixture().as(Caller.of("worker-two", Scope.WORKER));
        WorkerId id = new WorkerId(unique("worker"));
        ClaimRequest claim = ClaimRequest.builder(id)
                .labels(Set.of(label))
                .lease(Duration.ofMinutes(5))
                .build();
        pilot().runs()
                .create(CreateRun.forProject(project.id(), "mine")
                        .labels(Set.of(label))
                        .profile(RunProfile.builder().command(List.of("true")).build())
                        .build());
        Lease lease = RunStage.leaseOf(done(one.work().claim(claim)).get(0));

        refused(Forbidden.class, "not-your-worker", () -> two.work().use(lease, Usage.NONE));
        refused(Forbidden.class, two.work().claim(claim));
        refused(
                Forbidden.class,
                "not-your-worker",
                () -> two.work().heartbeat(new HeartbeatRequest(id, List.of(lease), Duration.ofMinutes(5))));
        refused(Forbidden.class, two.work().release(List.of(lease)).get(0));
        refused(
                Forbidden.class,
                two.work().finish(List.of(RunStage.succeeded(lease).build())).get(0));
        assertThat(one.work()
                        .heartbeat(new HeartbeatRequest(id, List.of(lease), Duration.ofMinutes(5)))
                        .leases())
                .singleElement()
                .matches(LeaseState::held);

        // Once it was silent for so long that no lease of it can hold, the id is anybody's.
        fixture().clock().advance(Duration.ofMinutes(11));
        assertThat(two.work().claim(claim).toCompletableFuture().join()).isNotNull();
        refused(Forbidden.class, "not-your-worker", () -> one.work().use(lease, Usage.NONE));
        assertThat(pilot().workers().list().stream()
                        .filter(worker -> worker.id().equals(id))
                        .toList())
                .singleElement()
                .matches(worker -> worker.caller().equals("worker-two"));
    }

    @Test
    void whoMayNotDecideDoesNot() {
        Run run = run(project());
        Pilot operator = fixture().as(Caller.of("careful", Scope.OPERATOR).withoutDecisions());
        refused(Forbidden.class, "may-not-decide", () -> operator.runs().approve(run.id(), null));
        assertThat(operator.runs().cancel(run.id(), null).state()).isEqualTo(RunState.CANCELLED);
    }
}
