package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.repo.CreateRepo;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalFilter;
import dev.pilot.api.run.CreateAgent;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Decision;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a hub promises about who may do what. */
public abstract class CallersContract extends HubContract {
    /** For subclasses. */
    protected CallersContract() {}

    @ParameterizedTest
    @EnumSource(names = {"AGENT", "WORKER"})
    void everybodyWhoIsLetInMayLook(Scope scope) {
        Pilot caller = fixture().as(scope);
        Project project = project();
        assertThat(caller.projects().get(project.id())).isEqualTo(project);
        assertThat(caller.system().meta().name()).isEqualTo("pilot");
        assertThat(caller.events().lastPosition()).isPositive();
        assertThat(caller.workers().list()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"AGENT", "WORKER"})
    void agentsAndWorkersNeitherPlanNorDecide(Scope scope) {
        Pilot caller = fixture().as(scope);
        Project project = project();
        Run proposed = stage().in(RunState.PROPOSED);
        Approval approval = pilot().approvals()
                .list(ApprovalFilter.builder().runId(proposed.id()).build(), PageRequest.first())
                .items()
                .get(0);

        refused(
                Forbidden.class,
                "scope-missing",
                () -> caller.projects().create(CreateProject.named(unique("project"))));
        refused(
                Forbidden.class,
                () -> caller.projects()
                        .update(project.id(), UpdateProject.builder().build()));
        refused(Forbidden.class, () -> caller.projects().delete(project.id()));
        refused(
                Forbidden.class,
                () -> caller.tasks()
                        .create(CreateTask.builder(project.id(), "task").build()));
        refused(
                Forbidden.class,
                () -> caller.agents().create(CreateAgent.builder("agent").build()));
        refused(
                Forbidden.class,
                () -> caller.repos()
                        .create(CreateRepo.builder("https://example.org/a/b").build()));
        refused(
                Forbidden.class,
                () -> caller.runs()
                        .create(CreateRun.forProject(project.id(), "goal")
                                .profile(RunProfile.command(List.of("true")))
                                .build()));
        refused(
                Forbidden.class,
                caller.runs()
                        .createAll(List.of(CreateRun.forProject(project.id(), "goal")
                                .profile(RunProfile.command(List.of("true")))
                                .build()))
                        .get(0));
        refused(Forbidden.class, () -> caller.runs().cancel(proposed.id(), null));
        refused(Forbidden.class, () -> caller.runs().approve(proposed.id(), null));
        refused(Forbidden.class, () -> caller.runs().reject(proposed.id(), null, false));
        refused(Forbidden.class, () -> caller.approvals().decide(approval.id(), Decision.approve()));
        assertThat(pilot().runs().get(proposed.id())).isEqualTo(proposed);
        assertThat(pilot().projects().get(project.id())).isEqualTo(project);
    }

    @Test
    void anAgentReportsWhatItDoes() {
        Pilot agent = fixture().as(Scope.AGENT);
        Project project = project();
        Run own = agent.runs()
                .create(CreateRun.forProject(project.id(), "goal")
                        .profile(
                                RunProfile.builder().runner(RunnerKind.EXTERNAL).build())
                        .build());
        Lease lease = RunStage.leaseOf(own);
        done(agent.work()
                .append(lease, List.of(NewEvent.builder(Subject.run(own.id())).build())));
        done(agent.events()
                .append(List.of(NewEvent.builder(Subject.project(project.id())).build())));
        ItemResult<?> action = agent.projects()
                .apply(List.of(ApplyAction.builder(project.id(), ActionKind.ADD_TAG)
                        .params(Json.object("tag", "seen"))
                        .build()))
                .get(0);
        assertThat(action.isDone()).isTrue();
        assertThat(agent.work()
                        .finish(List.of(RunStage.succeeded(lease).build()))
                        .get(0)
                        .get()
                        .state())
                .isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anAgentDoesNotClaim() {
        RunStage stage = stage();
        Run run = stage.queued();
        refused(
                Forbidden.class,
                fixture().as(Scope.AGENT).work().claim(stage.request().build()));
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
    }

    @Test
    void aWorkerCarriesRunsOut() {
        Pilot worker = fixture().as(Scope.WORKER);
        RunStage stage = stage();
        stage.queued(RunPolicy.NONE);
        Run run = done(worker.work().claim(stage.request().build())).get(0).run();
        Lease lease = Objects.requireNonNull(run.lease());
        worker.work().started(lease, "branch", "base");
        assertThat(worker.work()
                        .finish(List.of(RunStage.succeeded(lease).build()))
                        .get(0)
                        .get()
                        .state())
                .isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anAgentReportsNothingForAWorkersRun() {
        Pilot agent = fixture().as(Scope.AGENT);
        RunStage stage = stage();
        stage.queued(RunPolicy.NONE);
        Run run = stage.claim().run();
        Lease lease = RunStage.leaseOf(run);

        refused(
                Forbidden.class,
                () -> agent.work()
                        .finish(List.of(RunStage.succeeded(lease).build()))
                        .get(0)
                        .get());
        refused(
                Forbidden.class,
                () -> agent.work().release(List.of(lease)).get(0).get());
        refused(Forbidden.class, () -> agent.work().output(lease, OutputStream.STDOUT, 0, new byte[] {'x'}));
        refused(
                Forbidden.class,
                agent.work()
                        .append(
                                lease,
                                List.of(NewEvent.builder(Subject.run(run.id())).build())));
        assertThat(pilot().runs().get(run.id())).isEqualTo(run);
    }
}
