package dev.pilot.e2e.fault.quota;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunError;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import dev.pilot.api.value.ItemResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Claims more than it works off, so that quotas fill: it asks for the next runs while it holds others. Some it gives back, some fail and
 * come again.
 */
final class Claimer implements Runnable {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final int MOST_HELD = 4;

    private final Pilot pilot;
    private final WorkerId id;
    private final Random random;
    private final AtomicInteger left;
    private final Deque<Lease> held = new ArrayDeque<>();

    /**
     * Makes one.
     *
     * @param left how many runs are still to be done, over all claimers
     */
    Claimer(Pilot pilot, String name, long seed, AtomicInteger left) {
        this.pilot = pilot;
        this.id = new WorkerId(name);
        this.random = new Random(seed);
        this.left = left;
    }

    @Override
    public void run() {
        while (left.get() > 0 && !Thread.currentThread().isInterrupted()) {
            if (held.isEmpty() || held.size() < MOST_HELD && random.nextInt(3) == 0) {
                claim(1 + random.nextInt(MOST_HELD));
            }
            Lease lease = held.poll();
            if (lease != null) {
                end(lease);
            }
        }
    }

    private void claim(int limit) {
        ClaimRequest request = ClaimRequest.builder(id)
                .limit(limit)
                .lease(LEASE)
                .waitFor(held.isEmpty() ? WAIT : Duration.ZERO)
                .build();
        for (Assignment assignment :
                pilot.work().claim(request).toCompletableFuture().join()) {
            held.add(requireNonNull(assignment.run().lease()));
        }
    }

    private void end(Lease lease) {
        int luck = random.nextInt(20);
        if (luck == 0) {
            get(pilot.work().release(List.of(lease)));
            return;
        }
        FinishRun report = luck == 1
                ? FinishRun.builder(lease, RunResult.FAILED)
                        .error(new RunError("bad-luck", "It comes again."))
                        .build()
                : FinishRun.builder(lease, RunResult.SUCCEEDED).build();
        if (get(pilot.work().finish(List.of(report))).state() == RunState.SUCCEEDED) {
            left.decrementAndGet();
        }
    }

    private static Run get(List<ItemResult<Run>> answers) {
        return answers.get(0).get();
    }
}
