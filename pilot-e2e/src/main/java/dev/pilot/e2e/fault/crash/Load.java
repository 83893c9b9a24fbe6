package dev.pilot.e2e.fault.crash;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.ActionId;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.ActionKind;
import dev.pilot.api.project.ActionOutcome;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Several callers that write until the hub is gone, and note what they were told. */
public final class Load implements AutoCloseable {
    private static final int CALLERS = 4;
    private static final int EVENTS = 10;
    private static final int MOST_BUMPS = 100; // progress ends there

    private final Pilot pilot;
    private final Ledger ledger;
    private final String round;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private volatile boolean ended;

    private Load(Pilot pilot, Ledger ledger, String round) {
        this.pilot = pilot;
        this.ledger = ledger;
        this.round = round;
    }

    /**
     * Starts callers.
     *
     * @param pilot the hub
     * @param ledger notes what it acknowledges
     * @param round its name, unique in the ledger
     * @return the load, under way
     */
    public static Load start(Pilot pilot, Ledger ledger, String round) {
        Load load = new Load(pilot, ledger, round);
        for (int i = 0; i < CALLERS; i++) {
            String caller = round + "-" + i;
            load.callers.execute(() -> load.writeUntilItIsGone(caller));
        }
        return load;
    }

    private void writeUntilItIsGone(String caller) {
        try {
            for (int i = 0; !ended; i++) {
                String name = caller + "-" + i;
                project(name);
                events(name);
                bump("prj_" + caller + "-" + (i - i % MOST_BUMPS), name);
            }
        } catch (PilotException | CompletionException gone) {
            // The hub, or its store, was killed; what was acknowledged before stands in the ledger.
        }
    }

    private void project(String name) {
        ProjectId id = new ProjectId("prj_" + name);
        pilot.projects().create(CreateProject.builder(name).id(id).build());
        ledger.projects().add(id.value());
    }

    private void events(String name) {
        List<String> ids = IntStream.range(0, EVENTS)
                .mapToObj(i -> "evt_" + name + "-" + i)
                .toList();
        ledger.openEvents().addAll(ids);
        pilot.events()
                .append(ids.stream()
                        .map(id -> NewEvent.builder(new Subject("load", round))
                                .id(new EventId(id))
                                .title(id)
                                .build())
                        .toList())
                .toCompletableFuture()
                .join();
        ledger.events().addAll(ids);
    }

    private void bump(String project, String name) {
        Ledger.Bumps bumps = ledger.bumps(project);
        bumps.open().incrementAndGet();
        List<ItemResult<ActionOutcome>> answers = pilot.projects()
                .apply(List.of(ApplyAction.builder(new ProjectId(project), ActionKind.BUMP_PROGRESS)
                        .id(new ActionId("act_" + name))
                        .params(Json.object("delta", 1))
                        .build()));
        if (answers.get(0) instanceof ItemResult.Done) {
            bumps.acknowledged().incrementAndGet();
        }
    }

    /** Waits for the callers. They end when their hub does; one whose calls only waited for the database goes on till then. */
    @Override
    public void close() {
        ended = true;
        callers.shutdown();
        try {
            if (!callers.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("callers hang");
            }
        } catch (InterruptedException hurried) {
            callers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
