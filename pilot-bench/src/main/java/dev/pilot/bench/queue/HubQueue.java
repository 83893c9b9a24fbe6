package dev.pilot.bench.queue;

import dev.pilot.api.Pilot;
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
import dev.pilot.core.PilotHub;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Runs through an embedded hub: made in sets, claimed and reported by workers in sets, each with its events. */
final class HubQueue {
    private static final int SET = 500;

    private HubQueue() {}

    static Measured measure(PilotHub hub, int units, int workers, int claim) throws Exception {
        Project project = hub.projects().create(CreateProject.named("bench"));
        long start = System.nanoTime();
        enqueue(hub, project, units);
        long enqueued = System.nanoTime();
        long done = work(hub, units, workers, claim);
        return new Measured(units, enqueued - start, done - enqueued);
    }

    private static void enqueue(Pilot pilot, Project project, int units) {
        CreateRun run = CreateRun.forProject(project.id(), "nothing")
                .profile(RunProfile.command(List.of("true")))
                .build();
        for (int made = 0; made < units; made += SET) {
            pilot.runs()
                    .createAll(Collections.nCopies(Math.min(SET, units - made), run))
                    .forEach(ItemResult::get);
        }
    }

    /** Answers when the last was done, by {@link System#nanoTime()}: workers that wait for more by then don't count. */
    private static long work(PilotHub hub, int units, int workers, int claim) throws Exception {
        AtomicInteger left = new AtomicInteger(units);
        AtomicLong done = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Void>> ends = threads.invokeAll(Collections.nCopies(workers, (Callable<Void>) () -> {
                while (left.get() > 0) {
                    if (left.addAndGet(-workOnce(hub, claim)) == 0) {
                        done.compareAndSet(0, System.nanoTime());
                    }
                }
                return null;
            }));
            for (Future<Void> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdown();
        }
        return done.get();
    }

    /** Answers how many it did. */
    private static int workOnce(PilotHub hub, int claim) {
        List<Assignment> claimed = hub.work()
                .claim(ClaimRequest.builder(
                                new WorkerId("worker-" + Thread.currentThread().getId()))
                        .limit(claim)
                        .slots(claim)
                        .waitFor(Duration.ofSeconds(1))
                        .build())
                .toCompletableFuture()
                .join();
        if (!claimed.isEmpty()) {
            hub.work()
                    .finish(claimed.stream()
                            .map(assignment -> done(assignment.run()))
                            .toList())
                    .forEach(ItemResult::get);
        }
        return claimed.size();
    }

    private static FinishRun done(Run run) {
        return FinishRun.builder(Objects.requireNonNull(run.lease()), RunResult.SUCCEEDED)
                .exitCode(0)
                .build();
    }
}
