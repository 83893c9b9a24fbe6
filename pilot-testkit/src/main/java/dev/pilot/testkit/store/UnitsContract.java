package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules 1, 3, 4 and 8: units of work. */
abstract class UnitsContract extends StoreStage {
    private static final ProjectId ONE = new ProjectId("prj_1");

    @Test
    void whatAUnitWroteIsThereWhenItReturns() {
        String answer = store.write("create", unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.events().append(List.of(Samples.event("evt_1")));
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(read((StoreView view) -> view.projects().find(ONE))).contains(Samples.project("prj_1"));
        assertThat(read((StoreView view) -> view.events().after(0, EventFilter.ALL, 10)))
                .hasSize(1);
    }

    @Test
    void aUnitSeesItsOwnWrites() {
        write(unit -> {
            unit.projects().create(Samples.project("prj_1"));
            unit.events().append(List.of(Samples.event("evt_1")));
            assertThat(unit.projects().find(ONE)).isPresent();
            assertThat(unit.events().after(0, EventFilter.ALL, 10)).hasSize(1);
        });
    }

    @Test
    void aUnitThatThrowsLeavesNoTraceAndThrowsOn() {
        NotAllowed failure = new NotAllowed("test", "as the test wants it");

        assertThatThrownBy(() -> write(unit -> {
                    unit.projects().create(Samples.project("prj_1"));
                    unit.tasks().create(Samples.task("tsk_1", "prj_1"));
                    unit.runs().create(Samples.run("run_1", "prj_1"));
                    unit.events().append(List.of(Samples.event("evt_1")));
                    unit.creations().create(new Creation("project", "key:1", "00", "prj_1", Samples.T0));
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(read(StoreView::overview).projects()).isZero();
        assertThat(read(StoreView::overview).tasks()).isEmpty();
        assertThat(read(StoreView::overview).runs()).isEmpty();
        assertThat(read((StoreView view) -> view.events().after(0, EventFilter.ALL, 10)))
                .isEmpty();
        assertThat(store.<Boolean>write(
                        "look",
                        unit -> unit.creations().find("project", "key:1").isPresent()))
                .isFalse();
    }

    @Test
    void anErrorUndoesAUnitToo() {
        AssertionError failure = new AssertionError("as the test wants it");

        assertThatThrownBy(() -> write(unit -> {
                    unit.projects().create(Samples.project("prj_1"));
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(read((StoreView view) -> view.projects().find(ONE))).isEmpty();
    }

    @Test
    void aUnitThatFailsHarmsNoOther() {
        try (Together threads = new Together(20)) {
            CompletableFuture<List<Boolean>> all;
            try (HeldWriter held = HeldWriter.begin(store, unit -> {})) {
                all = CompletableFuture.supplyAsync(() -> threads.run(this::writeOrFail));
            }
            assertThat(Together.await(all))
                    .isEqualTo(IntStream.range(0, 20).mapToObj(i -> i % 2 == 0).toList());
        }

        assertThat(read((StoreView view) -> view.projects().order().stream()
                        .map(ProjectId::value)
                        .sorted()
                        .toList()))
                .isEqualTo(IntStream.range(0, 20)
                        .filter(i -> i % 2 == 0)
                        .mapToObj(i -> "prj_" + i)
                        .sorted()
                        .toList());
    }

    private boolean writeOrFail(int number) {
        try {
            write(unit -> {
                unit.projects().create(Samples.project("prj_" + number));
                if (number % 2 == 1) {
                    throw new NotFound("test", "prj_" + number);
                }
            });
            return true;
        } catch (NotFound failed) {
            assertThat(failed.id()).isEqualTo("prj_" + number);
            return false;
        }
    }

    @Test
    void aWriteInsideAWriteIsRefused() {
        refusedInside(unit -> store.write("inner", inner -> true));
    }

    @Test
    void aReadInsideAWriteIsRefused() {
        refusedInside(unit -> store.read(StoreView::now));
    }

    @Test
    void anAppendInsideAWriteIsRefused() {
        refusedInside(unit -> store.append(Samples.events("evt_", 1)));
    }

    private void refusedInside(Consumer<StoreUnit> inner) {
        write(unit -> {
            assertThatThrownBy(() -> inner.accept(unit)).isInstanceOf(IllegalStateException.class);
            unit.projects().create(Samples.project("prj_1"));
        });

        assertThat(read((StoreView view) -> view.projects().find(ONE))).isPresent();
        assertThat(read((StoreView view) -> view.events().last())).isZero();
    }

    @Test
    void aStaleUpdateRunsTheUnitAgain() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));
        AtomicInteger runs = new AtomicInteger();

        write(unit -> {
            Project project = unit.projects().get(ONE);
            unit.events().append(List.of(Samples.event("evt_" + runs.incrementAndGet())));
            Instant expected = runs.get() == 1 ? project.updatedAt().plusSeconds(1) : project.updatedAt();
            unit.projects().update(project.toBuilder().name("changed").build(), expected);
        });

        assertThat(runs).hasValue(2);
        assertThat(read((StoreView view) -> view.projects().get(ONE).name())).isEqualTo("changed");
        assertThat(read((StoreView view) -> view.events().after(0, EventFilter.ALL, 10)))
                .extracting(event -> event.id().value())
                .containsExactly("evt_2");
    }

    @Test
    void aUnitThatIsAlwaysStaleFailsInTheEnd() {
        assertThatThrownBy(() -> write(unit -> unit.projects().update(Samples.project("prj_none"), Samples.T0)))
                .isInstanceOf(StaleWrite.class);
    }

    @Test
    void anUpdateComparesTheVersionInEveryTable() {
        write(this::oneOfEach);
        Instant stale = Samples.T0.minus(1, ChronoUnit.MICROS);

        write(unit -> {
            isStale(() -> unit.projects().update(Samples.project("prj_1"), stale));
            isStale(() -> unit.tasks().update(Samples.task("tsk_1", "prj_1"), stale));
            isStale(() -> unit.agents().update(Samples.agent("agt_1"), stale));
            isStale(() -> unit.runs().update(Samples.run("run_1", "prj_1"), stale));
            isStale(() -> unit.approvals().update(Samples.approval("apr_1", "run_1"), stale));
            isStale(() -> unit.repos().update(Samples.repo("rep_1", "one"), stale));

            unit.projects().update(Samples.project("prj_1"), Samples.T0);
            unit.tasks().update(Samples.task("tsk_1", "prj_1"), Samples.T0);
            unit.agents().update(Samples.agent("agt_1"), Samples.T0);
            unit.runs().update(Samples.run("run_1", "prj_1"), Samples.T0);
            unit.approvals().update(Samples.approval("apr_1", "run_1"), Samples.T0);
            unit.repos().update(Samples.repo("rep_1", "one"), Samples.T0);
        });
    }

    private static void isStale(Runnable update) {
        assertThatThrownBy(update::run).isInstanceOf(StaleWrite.class);
    }

    @Test
    void anIdIsTakenOnceInEveryTable() {
        write(this::oneOfEach);

        write(unit -> {
            isTaken(() -> unit.projects().create(Samples.project("prj_1")));
            isTaken(() -> unit.tasks().create(Samples.task("tsk_1", "prj_1")));
            isTaken(() -> unit.agents().create(Samples.agent("agt_1")));
            isTaken(() -> unit.runs().create(Samples.run("run_1", "prj_1")));
            isTaken(() -> unit.approvals().create(Samples.approval("apr_1", "run_1")));
            isTaken(() -> unit.repos().create(Samples.repo("rep_1", "other")));
            isTaken(() -> unit.artifacts().create(Samples.artifact("art_1", "run_1", Samples.T0)));
            isTaken(() -> unit.creations().create(new Creation("project", "key:1", "ff", "prj_2", Samples.T0)));
            // A refusal leaves the unit as it was, so it may go on.
            unit.projects().create(Samples.project("prj_2"));
        });

        assertThat(read((StoreView view) -> view.projects().order())).hasSize(2);
    }

    private static void isTaken(Runnable create) {
        assertThatThrownBy(create::run).isInstanceOf(AlreadyExists.class);
    }

    private void oneOfEach(StoreUnit unit) {
        unit.projects().create(Samples.project("prj_1"));
        unit.tasks().create(Samples.task("tsk_1", "prj_1"));
        unit.agents().create(Samples.agent("agt_1"));
        unit.runs().create(Samples.run("run_1", "prj_1"));
        unit.approvals().create(Samples.approval("apr_1", "run_1"));
        unit.repos().create(Samples.repo("rep_1", "one"));
        unit.artifacts().create(Samples.artifact("art_1", "run_1", Samples.T0));
        unit.creations().create(new Creation("project", "key:1", "00", "prj_1", Samples.T0));
    }

    @Test
    void theTimeStandsStillInAUnit() {
        write(unit -> {
            Instant now = unit.now();
            clock.advance(Duration.ofHours(1));
            assertThat(unit.now()).isEqualTo(now);
        });
    }

    @Test
    void theTimeNeverGoesBackAndIsWholeMicroseconds() {
        clock.advance(Duration.ofNanos(1_999));
        Instant before = store.write("first", StoreView::now);
        clock.advance(Duration.ofHours(-1));

        Instant after = store.write("second", StoreView::now);
        assertThat(after).isAfterOrEqualTo(before);
        assertThat(read(StoreView::now)).isAfterOrEqualTo(after);
        assertThat(before.truncatedTo(ChronoUnit.MICROS)).isEqualTo(before);
    }

    @Test
    void aUnitIsOnlyForItsTime() {
        AtomicReference<StoreUnit> kept = new AtomicReference<>();
        write(kept::set);

        assertThatThrownBy(() -> kept.get().projects().order()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aUnitIsOnlyForItsThread() {
        write(unit -> {
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(
                    () -> assertThatThrownBy(() -> unit.projects().order()).isInstanceOf(IllegalStateException.class));
            Together.await(elsewhere);
        });
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();

        assertThatThrownBy(() -> store.read(StoreView::now)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.write("late", StoreView::now)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.append(Samples.events("evt_", 1))
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(Unavailable.class);
        store.close();
    }
}
