package dev.pilot.e2e.fault.quota;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Event;
import dev.pilot.api.run.EventFilter;
import dev.pilot.api.run.QuotaUse;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.core.PilotHub;
import dev.pilot.e2e.fault.Patience;
import dev.pilot.e2e.fault.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Some runs, and all claimers at once until they are done. */
final class Round {
    static final List<String> PROVIDERS = List.of("acme", "zenith");
    static final List<String> TOOLS = List.of("shell", "browser");
    private static final int PROJECTS = 2;
    private static final int CLAIMERS = 8;
    private static final int MANY_ATTEMPTS = 100;
    private static final int PAGE = 1_000;

    private final String name;
    private final List<PilotHub> hubs;
    private final List<Limit> limits;
    private final Random random;
    private final Map<RunId, Run> runs = new HashMap<>();

    Round(String name, List<PilotHub> hubs, List<Limit> limits, long seed) {
        this.name = name;
        this.hubs = hubs;
        this.limits = limits;
        this.random = new Random(seed);
    }

    static String project(int round, int number) {
        return "prj_" + round + "-" + number;
    }

    void run(int round, Violations violations) throws InterruptedException {
        long before = hubs.get(0).events().lastPosition();
        createRuns(hubs.get(0), round);
        long start = System.nanoTime();
        AtomicInteger left = new AtomicInteger(runs.size());
        ExecutorService threads = Executors.newFixedThreadPool(CLAIMERS);
        List<Future<?>> claimers = IntStream.range(0, CLAIMERS)
                .<Future<?>>mapToObj(i -> threads.submit(claimer(i, left)))
                .toList();
        boolean goesOn = true;
        while (goesOn && left.get() > 0) {
            int seen = left.get();
            goesOn = Patience.holds(() -> {
                sample(violations);
                return left.get() < seen || claimers.stream().anyMatch(Round::hasFailed);
            });
            goesOn &= claimers.stream().noneMatch(Round::hasFailed);
        }
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        violations.count(name + ".starved", left.get() == 0, left + " runs of round " + round + " were never done");
        claimers.forEach(Round::rethrow);
        look(before, violations);
        System.err.printf("%s: round %d took %d ms%n", name, round, (System.nanoTime() - start) / 1_000_000);
    }

    private void createRuns(Pilot pilot, int round) {
        for (int i = 0; i < PROJECTS; i++) {
            pilot.projects()
                    .create(CreateProject.builder("project " + i)
                            .id(new ProjectId(project(round, i)))
                            .build());
        }
        for (int i = 0; i < QuotaFaults.RUNS; i++) {
            RunProfile profile = RunProfile.builder()
                    .command(List.of("true"))
                    .provider(random.nextInt(4) == 0 ? null : PROVIDERS.get(random.nextInt(PROVIDERS.size())))
                    .tools(TOOLS.stream().filter(tool -> random.nextBoolean()).toList())
                    .build();
            ProjectId project = new ProjectId(project(round, random.nextInt(PROJECTS)));
            Run run = pilot.runs()
                    .create(CreateRun.forProject(project, "run " + i)
                            .profile(profile)
                            .policy(RunPolicy.builder()
                                    .maxAttempts(MANY_ATTEMPTS)
                                    .build())
                            .build());
            runs.put(run.id(), run);
        }
    }

    private Claimer claimer(int number, AtomicInteger left) {
        Pilot pilot = hubs.get(number % hubs.size());
        return new Claimer(pilot, "wrk_" + number, random.nextLong(), left);
    }

    /** What one of the hubs says itself about the moment. */
    private void sample(Violations violations) {
        for (QuotaUse use : hubs.get(random.nextInt(hubs.size())).quotas().list()) {
            use.active()
                    .forEach((key, active) -> violations.count(
                            name + ".exceeded",
                            active <= use.quota().max(),
                            active + " active for " + key + " of " + use.quota()));
        }
    }

    private void look(long before, Violations violations) {
        Replay replay = new Replay(limits, runs);
        long position = before;
        List<Event> page;
        do {
            page = hubs.get(0).events().list(EventFilter.ALL, position, PAGE).items();
            replay.replay(page, name, violations);
            position = page.isEmpty() ? position : page.get(page.size() - 1).position();
        } while (!page.isEmpty());
        for (RunId run : runs.keySet()) {
            violations.count(name + ".done-once", replay.ends(run) == 1, run + " ended " + replay.ends(run) + " times");
        }
        // What never fills proves nothing; that an overall one keeps the others from it is as it should be.
        boolean filled = limits.stream().anyMatch(limit -> replay.most(limit) == limit.max());
        violations.count(name + ".idle", filled, "none of " + limits + " was ever used up");
    }

    private static boolean hasFailed(Future<?> claimer) {
        try {
            if (claimer.isDone()) {
                claimer.get();
            }
            return false;
        } catch (ExecutionException failure) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void rethrow(Future<?> claimer) {
        try {
            claimer.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a claimer failed", failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
