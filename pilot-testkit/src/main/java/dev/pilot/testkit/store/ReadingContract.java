package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.store.StoreView;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 6: readers see one snapshot each and never wait for writers. */
abstract class ReadingContract extends StoreStage {
    @Test
    @Timeout(60)
    void aReaderDoesNotWaitForAUnitAndSeesNothingOfIt() {
        try (HeldWriter held = HeldWriter.begin(store, unit -> unit.projects().create(Samples.project("prj_1")))) {
            assertThat(read((StoreView view) -> view.projects().order())).isEmpty();
        }

        assertThat(read((StoreView view) -> view.projects().order())).hasSize(1);
    }

    @Test
    void aViewIsOneSnapshot() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));

        store.read(view -> {
            assertThat(view.projects().order()).hasSize(1);
            Together.await(CompletableFuture.runAsync(() -> write(unit -> {
                unit.projects().create(Samples.project("prj_2"));
                unit.events().append(Samples.events("evt_", 3));
            })));
            assertThat(view.projects().order()).hasSize(1);
            assertThat(view.events().last()).isZero();
            return true;
        });

        assertThat(read((StoreView view) -> view.projects().order())).hasSize(2);
    }

    @Test
    void moreMayReadAtOnceThanThereAreReaders() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));

        try (Together threads = new Together(40)) {
            assertThat(threads.run(number -> read(view ->
                            view.projects().get(new ProjectId("prj_1")).id().value())))
                    .hasSize(40)
                    .containsOnly("prj_1");
        }
    }

    @Test
    void whatAReadThrowsIsThrownOnAndHarmsNoOther() {
        NotAllowed failure = new NotAllowed("test", "as the test wants it");

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> store.read(view -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        }

        assertThat(read((StoreView view) -> view.projects().order())).isEmpty();
    }

    @Test
    void getNamesWhatIsNotThere() {
        assertThatThrownBy(() -> read(view -> view.projects().get(new ProjectId("prj_none"))))
                .isInstanceOfSatisfying(NotFound.class, absent -> {
                    assertThat(absent.entity()).isEqualTo("project");
                    assertThat(absent.id()).isEqualTo("prj_none");
                });
    }
}
