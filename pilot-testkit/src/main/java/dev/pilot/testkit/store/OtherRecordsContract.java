package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.repo.RepoSync;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Agents, repositories, workers, and which create made what. */
abstract class OtherRecordsContract extends StoreStage {
    private static final RepoId REPO = new RepoId("rep_1");

    @Test
    void anAgentIsReadAsItWasWritten() {
        Agent full = Samples.agent("agt_1").toBuilder()
                .role("backend")
                .description("Good at it")
                .profile(RunProfile.command(List.of("agent", "--go")))
                .policy(RunPolicy.builder().review(true).maxAttempts(5).build())
                .enabled(false)
                .attributes(Json.object("team", "a"))
                .build();
        write(unit -> {
            unit.agents().create(Samples.agent("agt_1"));
            unit.agents().update(full, Samples.T0);
        });

        assertThat(read((StoreView view) -> view.agents().get(new AgentId("agt_1"))))
                .isEqualTo(full);
        assertThat(read(StoreView::overview).agents()).isEqualTo(1);
        write(unit -> unit.agents().delete(new AgentId("agt_1")));
        assertThat(read((StoreView view) -> view.agents().find(new AgentId("agt_1"))))
                .isEmpty();
    }

    @Test
    void agentsAndReposComeByAge() {
        write(unit -> IntStream.range(0, 15).forEach(i -> {
            Instant createdAt = Samples.at(100 - i / 3);
            unit.agents()
                    .create(Samples.agent("agt_" + (char) ('a' + i)).toBuilder()
                            .createdAt(createdAt)
                            .build());
            unit.repos()
                    .create(Samples.repo("rep_" + (char) ('a' + i), "slug" + i).toBuilder()
                            .createdAt(createdAt)
                            .build());
        }));

        String byAge = "mnojklghidefabc";
        assertThat(walk(4, page -> read(view -> view.agents().list(page))))
                .extracting(agent -> agent.id().value())
                .isEqualTo(byAge.chars().mapToObj(c -> "agt_" + (char) c).toList());
        assertThat(walk(4, page -> read(view -> view.repos().list(page))))
                .extracting(repo -> repo.id().value())
                .isEqualTo(byAge.chars().mapToObj(c -> "rep_" + (char) c).toList());
    }

    @Test
    void aRepoIsFoundByItsSlugWhichIsTakenOnce() {
        Repo changed = Samples.repo("rep_1", "one").toBuilder()
                .sync(new RepoSync(Samples.at(1), "away", null))
                .build();
        write(unit -> {
            unit.repos().create(Samples.repo("rep_1", "one"));
            unit.repos().update(changed, Samples.T0);
            assertThatThrownBy(() -> unit.repos().create(Samples.repo("rep_2", "one")))
                    .isInstanceOf(AlreadyExists.class);
            unit.repos().create(Samples.repo("rep_3", "One"));
        });

        assertThat(read((StoreView view) -> view.repos().findBySlug("one"))).contains(changed);
        assertThat(read((StoreView view) -> view.repos().findBySlug("ONE"))).isEmpty();
        assertThat(read(StoreView::overview).repos()).isEqualTo(2);
        write(unit -> unit.repos().delete(REPO));
        assertThat(read((StoreView view) -> view.repos().find(REPO))).isEmpty();
    }

    @Test
    void aRepoIsInUseByProjectsAndByRunsThatAreNotOver() {
        write(unit -> {
            unit.repos().create(Samples.repo("rep_1", "one"));
            unit.projects().create(Samples.project("prj_1"));
            unit.runs()
                    .create(Samples.run("run_1", "prj_1").toBuilder()
                            .repoId(REPO)
                            .build());
        });
        assertThat(read((StoreView view) -> view.repos().inUse(REPO))).isTrue();

        write(unit -> unit.runs()
                .update(
                        Samples.run("run_1", "prj_1").toBuilder()
                                .repoId(REPO)
                                .state(RunState.CANCELLED)
                                .build(),
                        Samples.T0));
        assertThat(read((StoreView view) -> view.repos().inUse(REPO))).isFalse();

        write(unit -> unit.projects()
                .update(Samples.project("prj_1").toBuilder().repoId(REPO).build(), Samples.T0));
        assertThat(read((StoreView view) -> view.repos().inUse(REPO))).isTrue();
        assertThat(read((StoreView view) -> view.repos().inUse(new RepoId("rep_other"))))
                .isFalse();
    }

    @Test
    void aWorkerIsSeenAgainButForTheFirstTimeOnce() {
        write(unit -> {
            unit.workers().seen(worker("wrk_1", "old", 1, 1));
            unit.workers().seen(worker("wrk_2", "other", 3, 3));
            unit.workers().seen(worker("wrk_1", "new", 5, 5));
        });

        assertThat(read((StoreView view) -> view.workers().list(10)))
                .containsExactly(worker("wrk_1", "new", 1, 5), worker("wrk_2", "other", 3, 3));
        assertThat(read((StoreView view) -> view.workers().list(1))).hasSize(1);
    }

    @Test
    void aWorkerThatIsHeardOfMovesUp() {
        write(unit -> {
            unit.workers().seen(worker("wrk_1", "one", 1, 1));
            unit.workers().seen(worker("wrk_2", "two", 2, 2));
            unit.workers().heard(new WorkerId("wrk_1"), Samples.at(9));
            unit.workers().heard(new WorkerId("wrk_unknown"), Samples.at(9));
        });

        assertThat(read((StoreView view) -> view.workers().list(10)))
                .containsExactly(worker("wrk_1", "one", 1, 9), worker("wrk_2", "two", 2, 2));
    }

    @Test
    void whatAWorkerHoldsIsCountedNow() {
        write(unit -> {
            unit.workers().seen(worker("wrk_1", "one", 1, 1));
            unit.projects().create(Samples.project("prj_1"));
            unit.runs().create(Samples.leased("run_1", "prj_1", "wrk_1", 1, Samples.at(30)));
            unit.runs().create(Samples.leased("run_2", "prj_1", "wrk_1", 1, Samples.at(30)));
            unit.runs().create(Samples.leased("run_3", "prj_1", "wrk_2", 1, Samples.at(30)));
        });

        assertThat(read((StoreView view) -> view.workers().list(10)))
                .singleElement()
                .extracting(WorkerInfo::running)
                .isEqualTo(2);
    }

    private static WorkerInfo worker(String id, String host, long first, long last) {
        return new WorkerInfo(
                new WorkerId(id),
                "caller of " + host,
                host,
                Set.of("gpu", host),
                Set.of(RunnerKind.PROCESS),
                4,
                false,
                0,
                Samples.at(first),
                Samples.at(last));
    }

    @Test
    void aCreationIsFoundByKindAndKey() {
        Creation creation = new Creation("project", "key:a b/c", "00ff", "prj_1", Samples.at(1));
        write(unit -> {
            unit.creations().create(creation);
            unit.creations().create(new Creation("task", "key:a b/c", "11", "tsk_1", Samples.at(1)));
            assertThat(unit.creations().find("project", "key:a b/c")).contains(creation);
            assertThat(unit.creations().find("project", "KEY:A B/C")).isEmpty();
            assertThat(unit.creations().find("run", "key:a b/c")).isEmpty();
        });
    }

    @Test
    void creationsAreFoundInSets() {
        Creation one = new Creation("run", "key:1", "00", "run_1", Samples.at(1));
        Creation two = new Creation("run", "id:2", "01", "run_2", Samples.at(2));
        write(unit -> {
            unit.creations().create(List.of(one, two));
            assertThat(unit.creations().all("run", List.of("key:1", "id:2", "id:3")))
                    .isEqualTo(Map.of("key:1", one, "id:2", two));
            assertThat(unit.creations().all("run", List.of())).isEmpty();
            assertThat(unit.creations().all("task", List.of("key:1"))).isEmpty();
        });
    }
}
