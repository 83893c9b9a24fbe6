package dev.pilot.core.run;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.ProjectStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps which workers there are. They ask often, so only what is news is written. */
final class Presence {
    /** A worker that was heard of less than so long ago is taken to be there. */
    static final Duration FRESH = Duration.ofSeconds(60);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ProjectStore store;
    private final Map<WorkerId, Known> known = new ConcurrentHashMap<>();

    private record Known(String host, Set<String> labels, Set<RunnerKind> runners, int slots, long atNanos) {
        boolean isAs(Known other) {
            return host.equals(other.host)
                    && labels.equals(other.labels)
                    && runners.equals(other.runners)
                    && slots == other.slots;
        }
    }

    Presence(ProjectStore store) {
        this.store = store;
    }

    /** A worker asks for work. */
    void seen(ClaimRequest request) {
        long now = System.nanoTime();
        Known news = new Known(request.host(), request.labels(), request.runners(), request.slots(), now);
        Known before = known.get(request.workerId());
        if (before == null || !before.isAs(news) || now - before.atNanos() > EVERY.toNanos()) {
            store.write("worker.seen", unit -> {
                unit.workers()
                        .seen(new WorkerInfo(
                                request.workerId(),
                                request.host(),
                                request.labels(),
                                request.runners(),
                                request.slots(),
                                false,
                                0,
                                unit.now(),
                                unit.now()));
                return null;
            });
            known.put(request.workerId(), news);
            known.values().removeIf(old -> now - old.atNanos() > FRESH.toNanos());
        }
    }
}
