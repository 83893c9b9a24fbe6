package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.store.StaleWrite;
import dev.pilot.api.store.StoreView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many threads at the same rows. */
abstract class RacesContract extends StoreStage {
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;
    private static final ProjectId ONE = new ProjectId("prj_1");

    @Test
    void ofManyWithTheSameVersionExactlyOneWins() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));

        try (Together threads = new Together(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Project read = read(view -> view.projects().get(ONE));
                assertThat(threads.run(number -> update(read, number)))
                        .as("winners of round %s", round)
                        .containsOnlyOnce(true);
            }
        }
        assertThat(read((StoreView view) -> view.projects().get(ONE).progress()))
                .isEqualTo(ROUNDS);
    }

    private boolean update(Project read, int number) {
        Project changed = read.toBuilder()
                .name("by " + number)
                .progress(read.progress() + 1)
                .updatedAt(read.updatedAt().plus(number + 1L, ChronoUnit.MICROS))
                .build();
        return store.write("race", unit -> {
            try {
                unit.projects().update(changed, read.updatedAt());
                return true;
            } catch (StaleWrite lost) {
                return false;
            }
        });
    }

    @Test
    void noIncrementIsLost() {
        write(unit -> unit.projects().create(Samples.project("prj_1")));

        try (Together threads = new Together(THREADS)) {
            threads.run(number -> {
                for (int i = 0; i < ROUNDS; i++) {
                    write(unit -> {
                        Project project = unit.projects().get(ONE);
                        Instant version = project.updatedAt();
                        unit.projects()
                                .update(
                                        project.toBuilder()
                                                .position(project.position())
                                                .progress(project.progress() + 1)
                                                .updatedAt(version.plus(1, ChronoUnit.MICROS))
                                                .build(),
                                        version);
                    });
                }
                return true;
            });
        }
        assertThat(read((StoreView view) -> view.projects().get(ONE).progress()))
                .isEqualTo(THREADS * ROUNDS);
    }

    @Test
    void ofManyThatCreateTheSameExactlyOneWins() {
        try (Together threads = new Together(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Project project = Samples.project("prj_" + round);
                assertThat(threads.run(number -> create(project)))
                        .as("winners of round %s", round)
                        .containsOnlyOnce(true);
            }
        }
        assertThat(read((StoreView view) -> view.projects().order())).hasSize(ROUNDS);
    }

    private boolean create(Project project) {
        try {
            write(unit -> unit.projects().create(project));
            return true;
        } catch (AlreadyExists taken) {
            return false;
        }
    }

    /** Appends, units and units that fail, all mixed: what was acknowledged is there, what failed is not. */
    @Test
    void whatIsAcknowledgedIsThereAndWhatFailedIsNot() {
        try (Together threads = new Together(THREADS)) {
            threads.run(number -> {
                Random random = new Random(number);
                for (int i = 0; i < ROUNDS; i++) {
                    String name = number + "_" + i + "_";
                    int kind = random.nextInt(3);
                    if (kind == 0) {
                        Together.await(
                                store.append(Samples.events("kept" + name, 3)).toCompletableFuture());
                    } else {
                        unit(name, kind == 1);
                    }
                }
                return true;
            });
        }

        var kept = read(view -> view.events().after(0, EventFilter.ALL, 10_000));
        assertThat(kept)
                .hasSize(THREADS * ROUNDS * 3)
                .allSatisfy(event -> assertThat(event.id().value()).startsWith("kept"));
        assertThat(kept).extracting(Event::position).isSorted().doesNotHaveDuplicates();
    }

    /** One that fails is tried once more, as callers do. */
    private void unit(String name, boolean succeeds) {
        try {
            write(unit -> {
                unit.events().append(Samples.events((succeeds ? "kept" : "lost") + name, 3));
                if (!succeeds) {
                    throw new NotAllowed("test", "as the test wants it");
                }
            });
        } catch (NotAllowed failed) {
            unit(name, true);
        }
    }
}
