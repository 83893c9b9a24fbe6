package dev.pilot.e2e.fault.crash;

import dev.pilot.api.Pilot;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.process.HubProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills a hub under load again and again. After each restart, all that was ever acknowledged is there and nothing is there twice, the
 * run that was under way is put back, the process that it had started is gone, and the database is sound.
 */
public final class CrashFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    /** After so many acknowledged writes at least and at most the hub is killed: counted, so that slow machines prove as much. */
    private static final int FEWEST_WRITES = 50;

    private static final int MOST_WRITES = 500;
    private static final Map<String, String> SETTINGS = Map.of("worker.lease", "2s", "sweep.every", "200ms");

    private final List<Engine> engines;

    /** Makes it for all engines. */
    public CrashFaults() {
        this(List.of(Engine.values()));
    }

    /**
     * Makes it.
     *
     * @param engines what keeps the hubs' records, one after the other
     */
    public CrashFaults(List<Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** 50 kills on each store. */
    @Override
    public int rounds() {
        return 50;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        for (Engine engine : engines) {
            try (Scratch scratch = Scratch.make("pilot-crash")) {
                run(engine, rounds, violations, scratch.directory());
            }
        }
    }

    private static void run(Engine engine, int rounds, Violations violations, Path directory) throws Exception {
        String name = "crash." + engine.label();
        Path data = directory.resolve("data");
        Path log = directory.resolve("hub.log");
        Random random = new Random(SEED);
        Ledger ledger = new Ledger();
        LedgerCheck check = new LedgerCheck(name, violations);
        InFlight inFlight = null;
        for (int round = 1; round <= rounds; round++) {
            HubProcess hub = HubProcess.start(engine, data, log, SETTINGS);
            Pilot pilot = hub.client();
            check.look(pilot, ledger);
            if (inFlight != null) {
                inFlight.look(pilot, name, violations);
            }
            inFlight = InFlight.start(pilot);
            int enough = ledger.size() + FEWEST_WRITES + random.nextInt(MOST_WRITES - FEWEST_WRITES);
            try (Load load = Load.start(pilot, ledger, "r" + round)) {
                Patience.await("the hub acknowledges writes", () -> ledger.size() >= enough);
                hub.kill();
            }
            if (engine == Engine.SQLITE) {
                soundness(data, directory.resolve("copy"), name, violations);
            }
            System.err.printf("%s: kill %d of %d, %d writes acknowledged so far%n", name, round, rounds, ledger.size());
        }
        try (HubProcess hub = HubProcess.start(engine, data, log, SETTINGS)) {
            check.look(hub.client(), ledger);
            if (inFlight != null) {
                inFlight.look(hub.client(), name, violations);
            }
        }
    }

    /** Looks at a copy, so that the next hub finds everything as the kill left it. */
    private static void soundness(Path data, Path copy, String name, Violations violations)
            throws IOException, SQLException {
        Files.createDirectories(copy);
        String database = "pilot.sqlite3";
        for (String suffix : List.of("", "-wal")) {
            Path file = data.resolve("control_plane").resolve(database + suffix);
            Files.deleteIfExists(copy.resolve(database + suffix));
            if (Files.exists(file)) {
                Files.copy(file, copy.resolve(database + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(copy.resolve(database + "-shm"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve(database));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("pragma integrity_check")) {
            String said = answer.next() ? answer.getString(1) : "nothing";
            violations.count(name + ".integrity", "ok".equals(said), said);
        }
    }
}
