package dev.pilot.testkit.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateTask;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.ApprovalKind;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Gate;
import dev.pilot.api.run.GateResult;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A project with a worker of its own, played by hand: its runs carry a label that only this worker has, so tests never take each other's.
 */
final class RunStage {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Gate TEST_GATE = new Gate("test", List.of("make", "test"), Duration.ofMinutes(1));

    final Project project;
    final String label = HubContract.unique("label");
    final WorkerId worker = new WorkerId(HubContract.unique("worker"));
    private final PilotFixture fixture;
    private final Pilot pilot;

    RunStage(PilotFixture fixture, Project project) {
        this.fixture = fixture;
        this.pilot = fixture.pilot();
        this.project = project;
    }

    Task task(String title, TaskId... dependsOn) {
        return pilot.tasks()
                .create(CreateTask.builder(project.id(), title)
                        .dependsOn(List.of(dependsOn))
                        .build());
    }

    CreateRun.Builder run() {
        return only(CreateRun.forProject(project.id(), "make it so"));
    }

    CreateRun.Builder runFor(Task task) {
        return only(CreateRun.forTask(task.id()));
    }

    private CreateRun.Builder only(CreateRun.Builder run) {
        return run.profile(RunProfile.command(List.of("true"))).labels(Set.of(label));
    }

    Run queued() {
        return pilot.runs().create(run().build());
    }

    Run queued(RunPolicy policy) {
        return pilot.runs().create(run().policy(policy).build());
    }

    ClaimRequest.Builder request() {
        return ClaimRequest.builder(worker)
                .host("localhost")
                .labels(Set.of(label))
                .lease(LEASE);
    }

    /** Claims what is there now. */
    List<Assignment> claim(int limit) {
        return HubContract.done(pilot.work().claim(request().limit(limit).build()));
    }

    /** Claims the run that must be there, once its back-off is over. */
    Assignment claim() {
        return claim(request());
    }

    Assignment claim(ClaimRequest.Builder request) {
        List<Assignment> claimed = HubContract.done(pilot.work()
                .claim(request.limit(1)
                        .waitFor(HubContract.PATIENCE.dividedBy(2))
                        .build()));
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    Assignment claimAgain(Run run) {
        Instant notBefore = pilot.runs().get(run.id()).notBefore();
        if (notBefore != null) {
            Duration missing = Duration.between(fixture.clock().instant(), notBefore);
            if (!missing.isNegative()) {
                fixture.clock().advance(missing.plusMillis(1));
            }
        }
        return claim();
    }

    static Lease leaseOf(Assignment assignment) {
        return leaseOf(assignment.run());
    }

    static Lease leaseOf(Run run) {
        return requireNonNull(run.lease(), "the run has no lease");
    }

    static FinishRun.Builder succeeded(Lease lease) {
        return FinishRun.builder(lease, RunResult.SUCCEEDED).exitCode(0).summary("done");
    }

    static FinishRun.Builder failed(Lease lease) {
        return FinishRun.builder(lease, RunResult.FAILED).exitCode(3).error(new RunError("exit-code", "exited with 3"));
    }

    static GateResult gate(boolean passed) {
        return new GateResult("test", TEST_GATE.command(), passed, passed ? 0 : 1, Duration.ofMillis(12), "output");
    }

    static NewApproval question(Risk risk) {
        return NewApproval.builder(ApprovalKind.QUESTION, "Which colour?")
                .risk(risk)
                .payload(Json.object("colours", List.of("red", "blue")))
                .build();
    }

    Run finish(FinishRun.Builder report) {
        return pilot.work().finish(List.of(report.build())).get(0).get();
    }

    /** A run in the given state, by the shortest way there. */
    Run in(RunState state) {
        return in(state, RunPolicy.builder());
    }

    Run in(RunState state, RunPolicy.Builder policy) {
        return switch (state) {
            case PROPOSED -> queued(policy.approval(true).build());
            case QUEUED -> queued(policy.build());
            case RUNNING -> running(policy.build());
            case BLOCKED -> {
                Run run = running(policy.build());
                pilot.work().ask(leaseOf(run), question(Risk.MEDIUM));
                yield pilot.runs().get(run.id());
            }
            case GATES ->
                pilot.work()
                        .gates(leaseOf(running(policy.gates(List.of(TEST_GATE)).build())));
            case REVIEW -> finish(succeeded(leaseOf(running(policy.review(true).build()))));
            case SUCCEEDED -> finish(succeeded(leaseOf(running(policy.build()))));
            case FAILED -> finish(failed(leaseOf(running(policy.maxAttempts(1).build()))));
            case CANCELLED -> pilot.runs().cancel(queued(policy.build()).id(), null);
        };
    }

    private Run running(RunPolicy policy) {
        Run queued = queued(policy);
        Run run = claim().run();
        assertThat(run.id()).isEqualTo(queued.id());
        return run;
    }
}
