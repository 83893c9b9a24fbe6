package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Runs whose worker leaves, is lost or gets nowhere, and what it says of them late. */
public abstract class LostWorkContract extends HubContract {
    private final String label = unique("lost");
    private final WorkerId worker = new WorkerId(unique("worker"));

    /** For subclasses. */
    protected LostWorkContract() {}

    private ClaimRequest.Builder request() {
        return ClaimRequest.builder(worker).labels(Set.of(label)).lease(RunStage.LEASE);
    }

    private CompletableFuture<List<Assignment>> claimWaiting(WorkerId who) {
        return pilot().work()
                .claim(request().workerId(who).waitFor(PATIENCE).build())
                .toCompletableFuture();
    }

    private List<Run> claim(int limit) {
        return done(pilot().work().claim(request().limit(limit).build())).stream()
                .map(Assignment::run)
                .toList();
    }

    private CreateRun.Builder run(RunStage stage) {
        return stage.run().labels(Set.of(label));
    }

    private Run create(CreateRun.Builder run) {
        return pilot().runs().create(run.build());
    }

    private void finish(Run run) {
        pilot().work()
                .finish(List.of(RunStage.succeeded(RunStage.leaseOf(run)).build()))
                .get(0)
                .get();
    }

    // ---- workers that leave

    @Test
    void aDrainingWorkerGetsNothingMoreButKeepsWhatItHas() {
        RunStage stage = stage();
        create(run(stage));
        Run first = claim(1).get(0);
        Run next = create(run(stage));

        assertThat(pilot().workers().drain(worker).draining()).isTrue();
        assertThat(pilot().workers().drain(worker).draining()).isTrue();
        assertThat(claim(1)).isEmpty();
        HeartbeatAnswer told = heartbeat(first);
        assertThat(told.drain()).isTrue();
        assertThat(told.leases().get(0).held()).isTrue();
        assertThat(pilot().runs().whyWaiting(next.id()).reasons())
                .extracting(WaitReason::kind)
                .containsExactly(WaitKind.NO_WORKER);
        finish(first);

        assertThat(pilot().workers().resume(worker).draining()).isFalse();
        Run claimed = claim(1).get(0);
        assertThat(claimed.id()).isEqualTo(next.id());
        assertThat(heartbeat(claimed).drain()).isFalse();
        refused(NotFound.class, () -> pilot().workers().drain(new WorkerId(unique("nobody"))));
        refused(Forbidden.class, () -> fixture().as(Scope.WORKER).workers().drain(worker));
    }

    @Test
    void aWorkerThatDrainsLeavesTheWorkToOthers() {
        claim(1);
        pilot().workers().drain(worker);
        Run run = create(run(stage()));
        CompletableFuture<List<Assignment>> other = claimWaiting(new WorkerId(unique("other")));

        assertThat(claim(1)).isEmpty();
        assertThat(done(other)).extracting(assignment -> assignment.run().id()).containsExactly(run.id());
    }

    private HeartbeatAnswer heartbeat(Run run) {
        return pilot().work().heartbeat(new HeartbeatRequest(worker, List.of(RunStage.leaseOf(run)), RunStage.LEASE));
    }

    // ---- answers that get lost

    /** What a worker asks that has these runs and wants no more for itself than the next one. */
    private List<Run> claimHolding(RunId... has) {
        return done(pilot().work()
                        .claim(request().limit(1).holding(List.of(has)).build()))
                .stream()
                .map(Assignment::run)
                .toList();
    }

    @Test
    void whatAWorkerNeverHeardOfGoesBackToTheQueueAtOnceAndIsNoFailure() {
        Run run = create(run(stage()).policy(RunPolicy.builder().maxAttempts(1).build()));
        Lease unheard = RunStage.leaseOf(claim(1).get(0));

        Run again = claimHolding().get(0);

        assertThat(again.id()).isEqualTo(run.id());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.failures()).isZero();
        assertThat(pilot().runs().attempts(run.id()).get(0).outcome()).isEqualTo("released");
        refused(LeaseLost.class, () -> pilot().work().output(unheard, OutputStream.STDOUT, 0, new byte[] {1}));
    }

    @Test
    void whatAWorkerHasStaysItsOwn() {
        Run run = create(run(stage()));
        claim(1);

        assertThat(claimHolding(run.id())).isEmpty();
        assertThat(claim(1)).as("one that does not say what it has").isEmpty();
        assertThat(pilot().runs().get(run.id()).attempt()).isEqualTo(1);
    }

    @Test
    void othersKeepWhatTheyHave() {
        Run run = create(run(stage()));
        claim(1);

        assertThat(done(pilot().work()
                        .claim(request()
                                .workerId(new WorkerId(unique("other")))
                                .holding(List.of())
                                .build())))
                .isEmpty();
        assertThat(pilot().runs().get(run.id()).attempt()).isEqualTo(1);
    }

    @Test
    void aRunThatNeverArrivesFailsInTheEnd() {
        Run run = create(run(stage()).policy(RunPolicy.builder().maxAttempts(1).build()));

        eventually().until(() -> {
            claimHolding();
            return pilot().runs().get(run.id()).state() == RunState.FAILED;
        });

        Run failed = pilot().runs().get(run.id());
        assertThat(failed.attempt()).isBetween(2, 10);
        assertThat(failed.error()).isNotNull();
        assertThat(failed.error().code()).isEqualTo("worker-lost");
    }

    // ---- runs that get nowhere

    @Test
    void aRunThatNothingIsHeardOfIsGivenUpThoughItsWorkerIsAlive() {
        RunPolicy policy = RunPolicy.builder()
                .maxAttempts(2)
                .stallAfter(Duration.ofSeconds(50))
                .build();
        create(run(stage()).policy(policy));
        Run run = claim(1).get(0);
        Lease lease = RunStage.leaseOf(run);
        pass(run, 20);
        done(pilot().work()
                .append(lease, List.of(NewEvent.builder(Subject.run(run.id())).build())));
        pass(run, 20);
        pass(run, 20);
        assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.RUNNING);

        pass(run, 20);
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.QUEUED);
        assertThat(pilot().runs().attempts(run.id()).get(0).outcome()).isEqualTo("stalled");
        assertThat(heartbeat(run).leases().get(0).held()).isFalse();

        fixture().clock().advance(Duration.ofSeconds(5)); // its pause
        Run again = claim(1).get(0);
        pass(again, 25);
        pass(again, 26);
        eventually().until(() -> pilot().runs().get(run.id()).state() == RunState.FAILED);
        RunError error = pilot().runs().get(run.id()).error();
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo("stalled");
        assertThat(error.message()).contains("stallAfter");
    }

    @Test
    void whoWaitsForADecisionDoesNotStall() {
        RunPolicy policy =
                RunPolicy.builder().stallAfter(Duration.ofSeconds(50)).build();
        create(run(stage()).policy(policy));
        Run run = claim(1).get(0);
        pilot().work().ask(RunStage.leaseOf(run), RunStage.question(Risk.LOW));
        for (int i = 0; i < 5; i++) {
            pass(run, 20);
        }
        assertThat(heartbeat(run).leases().get(0).held()).isTrue();
        assertThat(pilot().runs().get(run.id()).state()).isEqualTo(RunState.BLOCKED);
    }

    /** Lets time pass in which the worker is heard of. */
    private void pass(Run run, int seconds) {
        heartbeat(run);
        fixture().clock().advance(Duration.ofSeconds(seconds));
        heartbeat(run);
    }

    // ---- reports that come late

    @Test
    void aLateReportCountsWhereNobodyHasClaimedAgain() {
        Run run = create(run(stage()));
        Lease lease = RunStage.leaseOf(claim(1).get(0));
        expire(lease, RunState.QUEUED);

        Run finished = pilot().work()
                .finish(List.of(RunStage.succeeded(lease).summary("late").build()))
                .get(0)
                .get();
        assertThat(finished.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(finished.failures()).isZero();
        assertThat(pilot().runs().attempts(run.id()).get(0).outcome()).isEqualTo("succeeded");
        assertThat(events(EventFilter.of(run.id())))
                .filteredOn(event -> event.type().equals("status"))
                .extracting(event -> String.valueOf(event.data().get("move")))
                .containsExactly("\"create\"", "\"claim\"", "\"requeue\"", "\"revive\"", "\"succeed\"");
        assertThat(claim(1)).isEmpty();
    }

    @Test
    void aLateReportCountsForALostRun() {
        Run run = create(run(stage()).policy(RunPolicy.builder().maxAttempts(1).build()));
        Lease lease = RunStage.leaseOf(claim(1).get(0));
        expire(lease, RunState.FAILED);

        Run finished = pilot().work()
                .finish(List.of(RunStage.failed(lease).build()))
                .get(0)
                .get();
        assertThat(finished.state()).isEqualTo(RunState.FAILED);
        assertThat(finished.error()).isNotNull();
        assertThat(finished.error().code()).isEqualTo("exit-code");
        assertThat(finished.failures()).isEqualTo(1);
        assertThat(finished.id()).isEqualTo(run.id());
    }

    @Test
    void aReportBehindTheNextClaimIsTooLate() {
        create(run(stage()));
        Lease lost = RunStage.leaseOf(claim(1).get(0));
        expire(lost, RunState.QUEUED);
        fixture().clock().advance(Duration.ofMinutes(5));
        Lease next = RunStage.leaseOf(claim(1).get(0));

        refused(
                LeaseLost.class,
                pilot().work().finish(List.of(RunStage.succeeded(lost).build())).get(0));
        finish(pilot().runs().get(next.runId()));
    }

    private void expire(Lease lease, RunState then) {
        fixture().clock().advance(RunStage.LEASE.plusSeconds(1));
        eventually().until(() -> pilot().runs().get(lease.runId()).state() == then);
    }
}
