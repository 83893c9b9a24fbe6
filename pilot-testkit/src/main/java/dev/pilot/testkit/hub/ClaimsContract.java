package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.HeartbeatAnswer;
import dev.pilot.api.run.HeartbeatRequest;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Risk;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import dev.pilot.api.value.ItemResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets which run: quotas, turns between projects, and why a run waits. */
public abstract class ClaimsContract extends HubContract {
    private final String label = unique("claims");
    private final WorkerId worker = new WorkerId(unique("worker"));

    /** For subclasses. */
    protected ClaimsContract() {}

    @AfterEach
    void withoutQuotas() {
        for (QuotaUse use : pilot().quotas().list()) {
            pilot().quotas().remove(use.quota().scope(), use.quota().key());
        }
    }

    private ClaimRequest.Builder request() {
        return ClaimRequest.builder(worker).labels(Set.of(label)).lease(RunStage.LEASE);
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

    // ---- quotas

    @Test
    void aQuotaIsSetChangedListedAndRemoved() {
        RunStage stage = stage();
        String key = stage.project.id().value();
        Quota set = pilot().quotas().set(QuotaScope.PROJECT, key, 3);
        assertThat(set.max()).isEqualTo(3);
        pilot().quotas().set(QuotaScope.TOOL, Quota.EACH, 7);
        Quota changed = pilot().quotas().set(QuotaScope.PROJECT, key, 2);

        List<QuotaUse> quotas = pilot().quotas().list();
        assertThat(quotas).extracting(use -> use.quota().max()).containsExactly(2, 7);
        assertThat(quotas.get(0)).isEqualTo(new QuotaUse(changed, Map.of()));

        pilot().quotas().remove(QuotaScope.PROJECT, key);
        assertThat(pilot().quotas().list()).hasSize(1);
        refused(NotFound.class, () -> pilot().quotas().remove(QuotaScope.PROJECT, key));
    }

    @Test
    void aQuotaThatCannotBeIsRefused() {
        invalid("key", refused(InvalidInput.class, () -> pilot().quotas().set(QuotaScope.PROJECT, " ", 1)));
        invalid("key", refused(InvalidInput.class, () -> pilot().quotas().set(QuotaScope.OVERALL, "x", 1)));
        invalid("max", refused(InvalidInput.class, () -> pilot().quotas().set(QuotaScope.TOOL, "x", -1)));
        refused(Forbidden.class, () -> fixture().as(Scope.WORKER).quotas().set(QuotaScope.TOOL, "x", 1));
        refused(Forbidden.class, () -> fixture().as(Scope.AGENT).quotas().remove(QuotaScope.TOOL, "x"));
        assertThat(pilot().quotas().list()).isEmpty();
        assertThat(fixture().as(Scope.AGENT).quotas().list()).isEmpty();
    }

    @Test
    void aProjectsQuotaHoldsUntilARunEnds() {
        RunStage stage = stage();
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 2);
        IntStream.range(0, 4).forEach(i -> create(run(stage)));

        List<Run> first = claim(10);
        assertThat(first).hasSize(2);
        assertThat(claim(10)).isEmpty();
        assertThat(pilot().quotas().list().get(0).active())
                .containsExactly(Map.entry(stage.project.id().value(), 2));

        finish(first.get(0));
        assertThat(claim(10)).hasSize(1);
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 1);
        assertThat(claim(10)).isEmpty();
        pilot().quotas().remove(QuotaScope.PROJECT, stage.project.id().value());
        assertThat(claim(10)).hasSize(1);
    }

    @Test
    void aWaitingClaimIsAnsweredWhenAQuotaGetsRoom() {
        RunStage stage = stage();
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 1);
        create(run(stage));
        create(run(stage));
        Run first = claim(1).get(0);

        CompletableFuture<List<Assignment>> waiting =
                pilot().work().claim(request().waitFor(PATIENCE).build()).toCompletableFuture();
        finish(first);
        assertThat(done(waiting)).hasSize(1);
    }

    @Test
    void everyScopeCounts() {
        RunStage stage = stage();
        RunProfile glm = RunProfile.builder()
                .command(List.of("true"))
                .provider(unique("glm"))
                .tools(List.of("bash-" + label, "edit-" + label))
                .build();
        create(run(stage).profile(glm));
        create(run(stage).profile(glm));
        create(run(stage));

        pilot().quotas().set(QuotaScope.PROVIDER, glm.provider(), 0);
        assertThat(claim(10)).hasSize(1);
        pilot().quotas().set(QuotaScope.PROVIDER, glm.provider(), 2);
        pilot().quotas().set(QuotaScope.TOOL, "edit-" + label, 1);
        assertThat(claim(10)).hasSize(1);
        assertThat(claim(10)).isEmpty();
        pilot().quotas().remove(QuotaScope.TOOL, "edit-" + label);
        int active = overall();
        pilot().quotas().set(QuotaScope.OVERALL, Quota.EACH, active);
        assertThat(claim(10)).isEmpty();
        pilot().quotas().set(QuotaScope.OVERALL, Quota.EACH, active + 1);
        assertThat(claim(10)).hasSize(1);
    }

    /** How many runs are active on the whole hub, which other tests have left. */
    private int overall() {
        pilot().quotas().set(QuotaScope.OVERALL, Quota.EACH, 0);
        return pilot().quotas().list().stream()
                .filter(use -> use.quota().scope() == QuotaScope.OVERALL)
                .findFirst()
                .orElseThrow()
                .active()
                .getOrDefault(Quota.EACH, 0);
    }

    @Test
    void whatHasNoQuotaOfItsOwnHasThatOfEach() {
        RunStage one = stage();
        RunStage two = stage();
        pilot().quotas().set(QuotaScope.PROJECT, Quota.EACH, 1);
        pilot().quotas().set(QuotaScope.PROJECT, two.project.id().value(), 2);
        for (int i = 0; i < 3; i++) {
            create(run(one));
            create(run(two));
        }

        assertThat(claim(10))
                .extracting(Run::projectId)
                .containsExactlyInAnyOrder(one.project.id(), two.project.id(), two.project.id());
    }

    @Test
    void aFullQuotaKeepsNobodyElseWaiting() {
        RunStage stage = stage();
        RunProfile shut = RunProfile.builder()
                .command(List.of("true"))
                .provider(unique("shut"))
                .build();
        for (int i = 0; i < 30; i++) {
            create(run(stage).profile(shut).priority(-5));
        }
        Run open = create(run(stage));
        pilot().quotas().set(QuotaScope.PROVIDER, Quota.EACH, 0);

        assertThat(claim(3)).extracting(Run::id).containsExactly(open.id());
    }

    @Test
    void anOutsideAgentsRunCountsToo() {
        RunStage stage = stage();
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 1);
        CreateRun.Builder external = CreateRun.forProject(stage.project.id(), "on my own")
                .profile(RunProfile.builder().runner(RunnerKind.EXTERNAL).build());
        Run own = create(external);
        create(run(stage));

        assertThat(claim(1)).isEmpty();
        refused(OverLimit.class, "quota-full", () -> create(external));
        finish(own);
        assertThat(claim(1)).hasSize(1);
        refused(OverLimit.class, "quota-full", () -> create(external));
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"RUNNING", "BLOCKED", "GATES"})
    void whatHoldsALeaseCounts(RunState state) {
        RunStage stage = stage();
        stage.in(state);
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 1);
        create(run(stage));

        assertThat(claim(1)).isEmpty();
    }

    // ---- turns

    @Test
    void aProjectWithManyRunsDoesNotStarveAnother() {
        RunStage many = stage();
        RunStage few = stage();
        for (int i = 0; i < 20; i++) {
            create(run(many));
        }
        Run only = create(run(few));

        List<Run> claimed = claim(2);
        assertThat(claimed).hasSize(2);
        assertThat(claimed.get(0).projectId()).isEqualTo(many.project.id());
        assertThat(claimed.get(1).id()).isEqualTo(only.id());
    }

    @Test
    void projectsTakeTurnsByWhatTheyHaveActive() {
        List<RunStage> stages = List.of(stage(), stage(), stage());
        for (RunStage stage : stages) {
            for (int i = 0; i < 6; i++) {
                create(run(stage));
            }
        }

        List<Run> claimed = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            claimed.addAll(claim(1));
        }
        for (RunStage stage : stages) {
            assertThat(claimed)
                    .filteredOn(run -> run.projectId().equals(stage.project.id()))
                    .hasSize(3);
        }
        assertThat(claim(9))
                .extracting(Run::projectId)
                .containsAll(stages.stream().map(stage -> stage.project.id()).toList());
    }

    @Test
    void priorityGoesBeforeTurns() {
        RunStage many = stage();
        RunStage few = stage();
        for (int i = 0; i < 3; i++) {
            create(run(many).priority(-1));
        }
        create(run(few));

        assertThat(claim(3)).extracting(Run::projectId).containsOnly(many.project.id());
    }

    // ---- why a run waits

    private List<WaitReason> why(Run run) {
        RunWait wait = pilot().runs().whyWaiting(run.id());
        assertThat(wait.runId()).isEqualTo(run.id());
        assertThat(wait.reasons())
                .allSatisfy(reason -> assertThat(reason.message()).isNotBlank());
        return wait.reasons();
    }

    private void kinds(Run run, WaitKind... kinds) {
        assertThat(why(run)).extracting(WaitReason::kind).containsExactly(kinds);
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, mode = EnumSource.Mode.EXCLUDE, names = "QUEUED")
    void whatIsNotInTheQueueSaysSo(RunState state) {
        Run run = stage().in(state);
        assertThat(pilot().runs().whyWaiting(run.id()).state()).isEqualTo(state);
        kinds(run, WaitKind.STATE);
    }

    @Test
    void aRunThatNothingKeepsSaysNothing() {
        Run run = create(run(stage()));
        kinds(run, WaitKind.NO_WORKER);
        assertThat(done(pilot().work()
                        .claim(request().runners(Set.of(RunnerKind.AGENT)).build())))
                .isEmpty();
        kinds(run, WaitKind.NO_WORKER);
        done(pilot().work()
                .claim(request()
                        .workerId(new WorkerId(unique("other")))
                        .labels(Set.of())
                        .build()));
        kinds(run, WaitKind.NO_WORKER);

        Run first = claim(1).get(0);
        Run next = create(run(stage()));
        assertThat(first.id()).isEqualTo(run.id());
        assertThat(why(next)).isEmpty();
        refused(NotFound.class, () -> pilot().runs().whyWaiting(new RunId(unique("none"))));
    }

    @Test
    void allThatKeepsARunIsNamed() {
        RunStage stage = stage();
        claim(1);
        Task needed = stage.task("first");
        Run run = pilot().runs()
                .create(stage.runFor(stage.task("second", needed.id()))
                        .labels(Set.of(label))
                        .build());
        pilot().quotas().set(QuotaScope.PROJECT, stage.project.id().value(), 0);
        kinds(run, WaitKind.DEPENDENCIES, WaitKind.QUOTA);
        assertThat(why(run).get(0).message()).contains(needed.id().value());
        assertThat(why(run).get(1).data().get("max")).hasToString("0");
    }

    @Test
    void aBusyWorkerAndAPauseAreNamed() {
        RunStage stage = stage();
        Run run = create(run(stage).policy(RunPolicy.builder().maxAttempts(3).build()));
        Assignment first =
                done(pilot().work().claim(request().slots(1).build())).get(0);
        Run next = create(run(stage));
        kinds(next, WaitKind.BUSY);
        Run again = pilot().work()
                .finish(List.of(RunStage.failed(RunStage.leaseOf(first)).build()))
                .get(0)
                .get();
        assertThat(again.id()).isEqualTo(run.id());
        if (again.notBefore() != null) {
            kinds(again, WaitKind.BACK_OFF);
        }
    }

    @Test
    void whoIsBehindOthersIsToldHowMany() {
        RunStage stage = stage();
        claim(1);
        for (int i = 0; i < 12; i++) {
            create(run(stage));
        }
        Run last = create(run(stage));
        kinds(last, WaitKind.TURN);
        assertThat(why(last).get(0).data().get("ahead")).hasToString("12");
        assertThat(why(create(run(stage).priority(-1)))).isEmpty();
    }

    // ---- many at once

    @Test
    void noQuotaIsEverExceededHoweverManyClaimAtOnce() {
        RunStage stage = stage();
        String project = stage.project.id().value();
        for (int max : new int[] {1, 3, 5}) {
            pilot().quotas().set(QuotaScope.PROJECT, project, max);
            int runs = 6 * max;
            IntStream.range(0, runs).forEach(i -> create(run(stage)));
            try (AtOnce atOnce = new AtOnce(8)) {
                int done = 0;
                while (done < runs) {
                    List<Run> claimed = new ArrayList<>();
                    for (ItemResult<List<Run>> ofOne : atOnce.run(thread -> claim(2))) {
                        claimed.addAll(ofOne.get());
                    }
                    assertThat(claimed).hasSizeBetween(1, max).doesNotHaveDuplicates();
                    claimed.forEach(this::finish);
                    done += claimed.size();
                }
            }
        }
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
        kinds(next, WaitKind.NO_WORKER);
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
        CompletableFuture<List<Assignment>> other = pilot().work()
                .claim(request()
                        .workerId(new WorkerId(unique("other")))
                        .waitFor(PATIENCE)
                        .build())
                .toCompletableFuture();

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
