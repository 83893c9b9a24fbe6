package dev.pilot.e2e.fault.quota;

import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.e2e.fault.FaultSuite;
import dev.pilot.e2e.fault.Scratch;
import dev.pilot.e2e.fault.Violations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Eight claim at once while quotas of 1, 3 and 5 hold for some of what they claim; on Postgres half of them by another hub that shares the
 * database. At no moment, by the events and by what the hub says, are more active than may be; all runs are done, each once.
 */
public final class QuotaFaults implements FaultSuite {
    private static final long SEED = 20_261_121;
    /** So many runs are one round. */
    static final int RUNS = 100;

    private static final int[] MAXIMA = {1, 3, 5};

    /** Makes it. */
    public QuotaFaults() {}

    /** 10,000 runs on each store. */
    @Override
    public int rounds() {
        return 100;
    }

    @Override
    public void run(int rounds, Violations violations) throws Exception {
        for (Engine engine : Engine.values()) {
            try (Scratch scratch = Scratch.make("pilot-quota")) {
                run(engine, rounds, violations, scratch.directory());
            }
        }
    }

    private static void run(Engine engine, int rounds, Violations violations, Path data) throws InterruptedException {
        int hubCount = engine == Engine.POSTGRES ? 2 : 1;
        List<PilotHub> hubs = new ArrayList<>();
        try {
            for (int i = 0; i < hubCount; i++) {
                hubs.add(PilotHub.open(PilotConfig.builder(data)
                        .storeUrl(engine.storeUrl(data))
                        .retryPause(Duration.ZERO, Duration.ZERO)
                        .build()));
            }
            Random random = new Random(SEED);
            for (int round = 1; round <= rounds; round++) {
                List<Limit> limits = limits(random, round);
                setQuotas(hubs.get(0), limits);
                String name = "quota." + engine.label();
                new Round(name, hubs, limits, random.nextLong()).run(round, violations);
                if (round % 10 == 0) {
                    System.err.printf("%s: round %d of %d%n", name, round, rounds);
                }
            }
        } finally {
            hubs.forEach(PilotHub::close);
        }
    }

    /** The three maxima on three kinds of quotas; each kind gets each of them in time. */
    private static List<Limit> limits(Random random, int round) {
        List<QuotaScope> scopes =
                new ArrayList<>(List.of(QuotaScope.OVERALL, QuotaScope.PROJECT, QuotaScope.PROVIDER, QuotaScope.TOOL));
        Collections.shuffle(scopes, random);
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i < MAXIMA.length; i++) {
            QuotaScope scope = scopes.get(i);
            String key = switch (scope) {
                case OVERALL -> Quota.EACH;
                case PROJECT -> random.nextBoolean() ? Quota.EACH : Round.project(round, 0);
                case PROVIDER -> random.nextBoolean() ? Quota.EACH : Round.PROVIDERS.get(0);
                case TOOL -> random.nextBoolean() ? Quota.EACH : Round.TOOLS.get(0);
                case REPOSITORY -> throw new IllegalStateException("no run here has a repository");
            };
            limits.add(new Limit(scope, key, MAXIMA[i]));
        }
        return limits;
    }

    private static void setQuotas(PilotHub hub, List<Limit> limits) {
        for (QuotaUse old : hub.quotas().list()) {
            hub.quotas().remove(old.quota().scope(), old.quota().key());
        }
        limits.forEach(limit -> hub.quotas().set(limit.scope(), limit.key(), limit.max()));
    }
}
