package dev.pilot.bench.queue;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.value.ItemResult;
import dev.pilot.bench.Bench;
import dev.pilot.bench.Postgres;
import dev.pilot.bench.Report;
import dev.pilot.bench.Scale;
import dev.pilot.bench.Scratch;
import dev.pilot.client.PilotClient;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import dev.pilot.http.guard.RateLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes from the call that makes a run till a worker has it, where both talk HTTP to different hubs on one Postgres: a worker
 * that waits in its claim, beside one that asks every 100 ms.
 */
public final class WakeupBench implements Bench {
    private static final String TOKEN = "bench-token-0123456789";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WAIT = Duration.ofSeconds(30);
    /** One sample for so many units: 100 a round unless told otherwise. */
    private static final int UNITS_PER_SAMPLE = 200;

    private final Scale scale;

    /**
     * Makes it.
     *
     * @param scale how much it measures
     */
    public WakeupBench(Scale scale) {
        this.scale = scale;
    }

    @Override
    public void run(Report report) throws Exception {
        try (Postgres postgres = Postgres.start()) {
            postgres.in(url -> Scratch.in(directory -> {
                PilotConfig config = PilotConfig.builder(directory)
                        .storeUrl(url)
                        .adminToken(TOKEN)
                        .build();
                try (PilotHub first = PilotHub.open(config);
                        PilotHub second = PilotHub.open(config);
                        PilotServer maker = serve(first);
                        PilotServer giver = serve(second);
                        Pilot caller = PilotClient.connect(maker.uri(), TOKEN);
                        Pilot worker = PilotClient.connect(giver.uri(), TOKEN)) {
                    measure(caller, worker, report);
                }
            }));
        }
        report.ratio("wakeup.p50.poll", "waiting claim: p50", "poll each 100 ms: p50", "<= 0.1");
        report.ratio("wakeup.p99.poll", "waiting claim: p99", "poll each 100 ms: p99", "<= 0.25");
    }

    private static PilotServer serve(PilotHub hub) {
        return PilotServer.start(
                hub.door(), HttpConfig.builder().port(0).rates(RateLimits.NONE).build());
    }

    private void measure(Pilot caller, Pilot worker, Report report) throws Exception {
        Project project = caller.projects().create(CreateProject.named("bench"));
        scale.run(report, into -> {
            note(into, "waiting claim", samples(caller, worker, project, () -> claim(worker, WAIT)));
            note(into, "poll each 100 ms", samples(caller, worker, project, () -> poll(worker)));
        });
    }

    private static void note(Report into, String what, List<Double> sorted) {
        System.err.printf("  %s: p50 %.1f ms%n", what, sorted.get(sorted.size() / 2));
        into.rate(what + ": p50", "ms", sorted.get(sorted.size() / 2));
        into.rate(what + ": p99", "ms", sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * 0.99) - 1)));
    }

    /** When a worker got a run. */
    private record Got(RunId run, long nanos) {}

    private List<Double> samples(Pilot caller, Pilot worker, Project project, Callable<List<Assignment>> claim)
            throws Exception {
        int count = Math.max(10, scale.units() / UNITS_PER_SAMPLE);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        SynchronousQueue<Got> got = new SynchronousQueue<>();
        Random random = new Random(1);
        try {
            Future<Void> end = thread.submit((Callable<Void>) () -> {
                for (int i = 0; i < count; i++) {
                    Run run = claim.call().get(0).run();
                    got.put(new Got(run.id(), System.nanoTime()));
                    finish(worker, run);
                }
                return null;
            });
            Double[] millis = new Double[count];
            for (int i = 0; i < count; i++) {
                // At any moment between two polls; and the worker has gone to wait again.
                LockSupport.parkNanos(POLL.toNanos() / 2 + random.nextInt((int) POLL.toNanos()));
                millis[i] = sample(caller, project, got);
            }
            end.get();
            return Arrays.stream(millis).sorted().toList();
        } finally {
            thread.shutdownNow();
        }
    }

    private static double sample(Pilot caller, Project project, SynchronousQueue<Got> got) throws InterruptedException {
        CreateRun command = CreateRun.forProject(project.id(), "nothing")
                .profile(RunProfile.command(List.of("true")))
                .build();
        long start = System.nanoTime();
        RunId made = caller.runs().create(command).id();
        Got first = got.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
        if (first == null || !first.run().equals(made)) {
            throw new IllegalStateException("run " + made + " was not claimed, but " + first);
        }
        return (first.nanos() - start) / 1e6;
    }

    private static List<Assignment> poll(Pilot pilot) {
        while (true) {
            long next = System.nanoTime() + POLL.toNanos();
            List<Assignment> claimed = claim(pilot, Duration.ZERO);
            if (!claimed.isEmpty()) {
                return claimed;
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private static List<Assignment> claim(Pilot pilot, Duration wait) {
        return pilot.work()
                .claim(ClaimRequest.builder(new WorkerId("worker"))
                        .limit(1)
                        .waitFor(wait)
                        .build())
                .toCompletableFuture()
                .join();
    }

    private static void finish(Pilot worker, Run run) {
        worker.work()
                .finish(List.of(FinishRun.builder(Objects.requireNonNull(run.lease()), RunResult.SUCCEEDED)
                        .build()))
                .forEach(ItemResult::get);
    }
}
