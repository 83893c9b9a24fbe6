package dev.pilot.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.AgentId;
import dev.pilot.api.id.ApprovalId;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RepoId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.Creation;
import dev.pilot.api.store.StoreInfo;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 2, as far as it shows in one process: what was acknowledged is there when the store is opened again. */
abstract class DurabilityContract extends StoreStage {
    @Test
    void everythingIsThereAfterReopening() {
        WorkerInfo worker = new WorkerInfo(
                new WorkerId("wrk_1"),
                "caller",
                "host",
                Set.of("gpu"),
                Set.of(RunnerKind.PROCESS),
                4,
                false,
                0,
                Samples.T0,
                Samples.at(1));
        Creation creation = new Creation("project", "key:1", "00ff", "prj_1", Samples.T0);
        write(unit -> {
            unit.repos().create(Samples.repo("rep_1", "one"));
            unit.agents().create(Samples.agent("agt_1"));
            unit.projects().create(Samples.project("prj_1"));
            unit.tasks().create(Samples.task("tsk_1", "prj_1"));
            unit.runs().create(Samples.run("run_1", "prj_1"));
            unit.runs().createAttempts(List.of(Samples.attempt("run_1", 1)));
            unit.approvals().create(Samples.approval("apr_1", "run_1"));
            unit.artifacts().create(Samples.artifact("art_1", "run_1", Samples.T0));
            unit.workers().seen(worker);
            unit.creations().create(creation);
            unit.events().append(List.of(Samples.event("evt_1")));
        });
        Together.await(store.append(List.of(Samples.event("evt_2"))).toCompletableFuture());
        var before = read(DurabilityContract::everything);

        store.close();
        store = open(directory, clock);

        assertThat(read(DurabilityContract::everything)).isEqualTo(before).hasSize(9);
        assertThat(read((StoreView view) -> view.events().after(0, EventFilter.ALL, 10)))
                .extracting(event -> event.id().value())
                .containsExactly("evt_1", "evt_2");
        assertThat(store.write("look", (StoreUnit unit) -> unit.creations().find("project", "key:1")))
                .contains(creation);
    }

    private static List<Object> everything(StoreView view) {
        return List.of(
                view.repos().get(new RepoId("rep_1")),
                view.agents().get(new AgentId("agt_1")),
                view.projects().get(new ProjectId("prj_1")),
                view.tasks().get(new TaskId("tsk_1")),
                view.runs().get(new RunId("run_1")),
                view.runs().attempts(new RunId("run_1")),
                view.approvals().get(new ApprovalId("apr_1")),
                view.artifacts().get(new ArtifactId("art_1")),
                view.workers().list(10));
    }

    @Test
    void positionsGoOnAfterReopening() {
        Together.await(store.append(Samples.events("evt_", 5)).toCompletableFuture());
        long last = read(view -> view.events().last());

        store.close();
        store = open(directory, clock);
        Together.await(store.append(Samples.events("later_", 1)).toCompletableFuture());

        assertThat(read((StoreView view) ->
                        view.events().find(new EventId("later_0")).orElseThrow().position()))
                .isGreaterThan(last);
    }

    @Test
    void aStoreKeepsItsNames() {
        StoreInfo before = store.info();
        assertThat(before.hubId()).isNotBlank();
        assertThat(before.epoch()).isNotBlank().isNotEqualTo(before.hubId());
        assertThat(before.engine()).isNotBlank();
        assertThat(before.version()).isNotBlank();

        store.close();
        store = open(directory, clock);

        assertThat(store.info()).isEqualTo(before);
    }
}
