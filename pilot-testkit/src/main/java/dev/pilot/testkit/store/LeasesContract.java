package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.store.StoreView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worker's hold on a run: renewed, expired, lost. */
abstract class LeasesContract extends StoreStage {
    private static final Instant UNTIL = Samples.at(500);

    @BeforeEach
    void threeLeasedRuns() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.leased("run_1", "prj_1", "wrk_1", 1, Samples.at(30)));
            unit.runs().create(Samples.leased("run_2", "prj_1", "wrk_1", 2, Samples.at(20)));
            unit.runs().create(Samples.leased("run_3", "prj_1", "wrk_2", 1, Samples.at(10)));
            unit.runs().create(Samples.run("run_queued", "prj_1"));
        });
    }

    private List<Boolean> renew(Lease... leases) {
        return store.write("renew", unit -> unit.runs().renew(List.of(leases), UNTIL));
    }

    private List<String> expired(Instant now, int limit) {
        return read(view -> view.runs().expired(now, limit)).stream()
                .map(run -> run.id().value())
                .toList();
    }

    private Run get(String id) {
        return read(view -> view.runs().get(new RunId(id)));
    }

    @Test
    void aLeaseExpiresAtItsTimeTheLongestGoneFirst() {
        assertThat(expired(Samples.at(9), 10)).isEmpty();
        assertThat(expired(Samples.at(10), 10)).containsExactly("run_3");
        assertThat(expired(Samples.at(1_000), 10)).containsExactly("run_3", "run_2", "run_1");
        assertThat(expired(Samples.at(1_000), 2)).containsExactly("run_3", "run_2");
    }

    @Test
    void aHeldLeaseIsRenewedAndTheVersionStays() {
        Run before = get("run_1");

        assertThat(renew(
                        Samples.lease("run_2", "wrk_1", 2, Samples.at(20)),
                        Samples.lease("run_1", "wrk_1", 1, Samples.T0)))
                .containsExactly(true, true);

        assertThat(get("run_1"))
                .isEqualTo(before.toBuilder()
                        .lease(Samples.lease("run_1", "wrk_1", 1, UNTIL))
                        .build());
        assertThat(expired(UNTIL.minusSeconds(1), 10)).containsExactly("run_3");
        assertThat(expired(UNTIL, 10)).hasSize(3);
        write(unit -> unit.runs()
                .update(
                        unit.runs().get(new RunId("run_1")).toBuilder()
                                .summary("changed")
                                .build(),
                        before.updatedAt()));
    }

    @Test
    void aLeaseThatIsNotHeldIsNot() {
        List<Run> before = all();

        assertThat(renew(
                        Samples.lease("run_1", "wrk_1", 2, UNTIL), // an attempt that is not the run's
                        Samples.lease("run_2", "wrk_1", 1, UNTIL), // one that is over
                        Samples.lease("run_1", "wrk_2", 1, UNTIL), // somebody else's
                        Samples.lease("run_none", "wrk_1", 1, UNTIL),
                        Samples.lease("run_queued", "wrk_1", 0, UNTIL)))
                .containsExactly(false, false, false, false, false);

        assertThat(all()).isEqualTo(before);
    }

    private List<Run> all() {
        return List.of(get("run_1"), get("run_2"), get("run_3"), get("run_queued"));
    }

    @Test
    void eachLeaseIsAnsweredInItsPlace() {
        List<Lease> leases = new ArrayList<>();
        IntStream.range(0, 40)
                .forEach(i -> leases.add(
                        i % 3 == 0
                                ? Samples.lease("run_1", "wrk_1", 1, UNTIL)
                                : Samples.lease("run_1", "wrk_1", 7, UNTIL)));

        assertThat(renew(leases.toArray(Lease[]::new)))
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> i % 3 == 0).toList());
        assertThat(renew()).isEmpty();
    }

    @Test
    void anExpiredLeaseThatNobodyTookBackIsStillHeld() {
        clock.advance(Duration.ofDays(1));

        assertThat(renew(Samples.lease("run_3", "wrk_2", 1, Samples.at(10)))).containsExactly(true);
    }

    @Test
    void aRunThatLostItsLeaseIsNeitherExpiredNorLeasedNorRenewed() {
        write(unit -> {
            for (String id : List.of("run_1", "run_2", "run_3")) {
                Run run = unit.runs().get(new RunId(id));
                unit.runs()
                        .update(
                                run.toBuilder()
                                        .lease(null)
                                        .state(id.equals("run_1") ? RunState.QUEUED : RunState.FAILED)
                                        .build(),
                                run.updatedAt());
            }
        });

        assertThat(expired(Samples.at(1_000), 10)).isEmpty();
        assertThat(read((StoreView view) -> view.runs().leased(10))).isEmpty();
        assertThat(renew(Samples.lease("run_1", "wrk_1", 1, UNTIL))).containsExactly(false);
        assertThat(get("run_1").lease()).isNull();
    }

    @Test
    void theRunsThatAWorkerHoldsAreItsOwnOnly() {
        assertThat(read((StoreView view) -> view.runs().heldBy(new WorkerId("wrk_1"))))
                .extracting(run -> run.id().value())
                .containsExactly("run_2", "run_1");
        assertThat(read((StoreView view) -> view.runs().heldBy(new WorkerId("wrk_9"))))
                .isEmpty();
    }

    @Test
    void leasedRunsWhoseLeasesExpireSoonestComeFirst() {
        assertThat(read((StoreView view) -> view.runs().leased(10)))
                .extracting(run -> run.id().value())
                .containsExactly("run_3", "run_2", "run_1");
        assertThat(read((StoreView view) -> view.runs().leased(2))).hasSize(2);
    }
}
