package dev.pilot.e2e.fault.postgres;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Subject;
import dev.pilot.api.value.Registration;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import dev.pilot.e2e.fault.crash.Ledger;
import dev.pilot.e2e.fault.crash.LedgerCheck;
import dev.pilot.e2e.fault.crash.Load;
import dev.pilot.e2e.fault.follow.StrictFollower;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;

/**
 * Ends Postgres under a hub that many write to, in one way or another, and starts it again; now and then once more while it recovers. The hub comes
 * back by itself: all that was ever acknowledged is there and nothing is there twice, and whoever followed the events gets each once, in order.
 */
public final class PostgresFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    private static final String NAME = "postgres";
    /** After so many acknowledged writes at least and at most the database goes. */
    private static final int FEWEST_WRITES = 50;

    private static final int MOST_WRITES = 300;

    /** Makes it. */
    public PostgresFaults() {}

    @Override
    public int rounds() {
        return 25;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        try (Scratch scratch = Scratch.make("pilot-postgres")) {
            run(rounds, violations, scratch.directory());
        }
    }

    private static void run(int rounds, Violations violations, Path directory) throws Exception {
        Random random = new Random(SEED);
        Ledger ledger = new Ledger();
        LedgerCheck check = new LedgerCheck(NAME, violations);
        StrictFollower follower = new StrictFollower(0);
        try (BreakablePostgres postgres = new BreakablePostgres(directory.resolve("database"));
                PilotHub hub = PilotHub.open(PilotConfig.builder(directory.resolve("data"))
                        .storeUrl(postgres.url())
                        .build());
                Registration following = hub.events().follow(EventFilter.ALL, 0, follower)) {
            for (int round = 1; round <= rounds; round++) {
                int enough = ledger.size() + FEWEST_WRITES + random.nextInt(MOST_WRITES - FEWEST_WRITES);
                try (Load load = Load.start(hub, ledger, "r" + round)) {
                    Patience.await("the hub acknowledges writes", () -> ledger.size() >= enough);
                    breakAndStart(postgres, round);
                }
                int now = round;
                violations.count(NAME + ".recovered", Patience.holds(() -> writes(hub, now)), "round " + round);
                check.look(hub, ledger);
                long last = hub.events().lastPosition();
                violations.count(
                        NAME + ".followed",
                        Patience.holds(() -> follower.position() >= last),
                        "the follower is at " + follower.position() + " of " + last);
                System.err.printf(
                        "%s: end %d of %d, %d writes acknowledged so far%n", NAME, round, rounds, ledger.size());
            }
            follower.check(NAME, hub, violations);
        }
    }

    private static void breakAndStart(BreakablePostgres postgres, int round) throws IOException, InterruptedException {
        switch (round % 4) {
            case 0 -> postgres.killOneConnection();
            case 1 -> {
                postgres.stopImmediately();
                postgres.startAgain();
            }
            case 2 -> {
                postgres.kill();
                postgres.startAgain();
            }
            default -> {
                postgres.kill();
                postgres.startAgain();
                // What it has recovered is in no checkpoint yet: it has to do so once more.
                postgres.kill();
                postgres.startAgain();
            }
        }
    }

    /** Whether the hub takes a write. */
    private static boolean writes(PilotHub hub, int round) {
        try {
            NewEvent event =
                    NewEvent.builder(new Subject("recovery", "r" + round)).build();
            hub.events().append(List.of(event)).toCompletableFuture().join();
            return true;
        } catch (PilotException | CompletionException away) {
            return false;
        }
    }
}
