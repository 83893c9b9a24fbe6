package dev.pilot.e2e.fault.decision;

import dev.pilot.api.Pilot;
import dev.pilot.client.PilotClient;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.HubProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills a hub while several decide what waits: starts of runs, and actions that an agent has proposed. After the restart, what was
 * acknowledged is decided and in effect, each effect was taken as often as it was decided, and what is still open can be decided: in the
 * end each decision has had its effect exactly once.
 */
public final class DecisionFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    private static final String AGENT_TOKEN = "an-agent-of-the-fault-suite";
    private static final Map<String, String> SETTINGS =
            Map.of("agent.token", AGENT_TOKEN, "agent.proposes", "true", "worker.slots", "0");

    private final List<Engine> engines;

    /** Makes it for all engines. */
    public DecisionFaults() {
        this(List.of(Engine.values()));
    }

    /**
     * Makes it.
     *
     * @param engines what keeps the hubs' records, one after the other
     */
    public DecisionFaults(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    @Override
    public int rounds() {
        return 25;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        for (Engine engine : engines) {
            try (Scratch scratch = Scratch.make("pilot-decision")) {
                run(engine, rounds, violations, scratch.directory());
            }
        }
    }

    private static void run(Engine engine, int rounds, Violations violations, Path directory) throws Exception {
        String name = "decision." + engine.label();
        Path data = directory.resolve("data");
        Path log = directory.resolve("hub.log");
        Random random = new Random(SEED);
        Agenda agenda = null;
        for (int round = 1; round <= rounds; round++) {
            HubProcess hub = HubProcess.start(engine, data, log, SETTINGS);
            if (agenda != null) {
                settle(agenda, hub.client(), name, violations);
            }
            try (Pilot agent = PilotClient.connect(hub.uri(), AGENT_TOKEN)) {
                agenda = Agenda.write(hub.client(), agent);
            }
            int enough = random.nextInt(agenda.size());
            Agenda now = agenda;
            try (Deciders deciders = Deciders.start(hub.client(), agenda)) {
                Patience.await("decisions are acknowledged", () -> now.acknowledged() >= enough);
                hub.kill();
            }
            System.err.printf(
                    "%s: kill %d of %d, %d of %d decided%n", name, round, rounds, agenda.acknowledged(), agenda.size());
        }
        try (HubProcess hub = HubProcess.start(engine, data, log, SETTINGS)) {
            if (agenda != null) {
                settle(agenda, hub.client(), name, violations);
            }
        }
    }

    private static void settle(Agenda agenda, Pilot pilot, String name, Violations violations) {
        agenda.look(pilot, name, violations);
        agenda.decideTheRest(pilot);
        agenda.look(pilot, name, violations);
        violations.count(name + ".open", agenda.acknowledged() == agenda.size(), "not everything could be decided");
    }
}
