package dev.pilot.testkit.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.Task;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import dev.pilot.api.value.ItemResult;
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
}
