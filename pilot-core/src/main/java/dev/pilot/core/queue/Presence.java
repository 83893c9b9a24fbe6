package dev.pilot.core.queue;

import dev.pilot.api.access.Caller;
import dev.pilot.api.access.Scope;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.store.StoreView;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which workers there are, and whose: a lease names its worker, so who comes as another's worker could report for it. They ask often,
 * so only what is news is written, and whose they are is looked up now and then.
 */
public final class Presence {
    /** A worker that was heard of less than so long ago is taken to be there. */
    static final Duration FRESH = Duration.ofSeconds(60);

    private static final Duration EVERY = Duration.ofSeconds(5);

    /** Of so many that claim from other hubs it is remembered whose they are. */
    private static final int MOST_OTHERS = 1_000;

    private final ProjectStore store;
    private final Duration silence;
    private final Map<WorkerId, Known> known = new ConcurrentHashMap<>();
    private final Map<WorkerId, Whose> whose = new ConcurrentHashMap<>();

    private record Known(
            String caller, String host, Set<String> labels, Set<RunnerKind> runners, int slots, long atNanos) {
        boolean isAs(Known other) {
            return caller.equals(other.caller)
                    && host.equals(other.host)
                    && labels.equals(other.labels)
                    && runners.equals(other.runners)
                    && slots == other.slots;
        }
    }

    private record Whose(String caller, long atNanos) {}

    /**
     * Makes it.
     *
     * @param store knows the workers of all hubs
     * @param silence after how long without a word a worker is nobody's; all its leases have to be over by then
     */
    public Presence(ProjectStore store, Duration silence) {
        this.store = store;
        this.silence = silence;
    }

    /**
     * A worker asks for work.
     *
     * @param request what it asks for
     * @param caller as whom it comes
     * @throws Forbidden with code {@code not-your-worker}
     */
    public void seen(ClaimRequest request, Caller caller) {
        long now = System.nanoTime();
        Known news =
                new Known(caller.name(), request.host(), request.labels(), request.runners(), request.slots(), now);
        Known before = known.get(request.workerId());
        if (before == null || !before.isAs(news) || now - before.atNanos() > EVERY.toNanos()) {
            store.write("worker.seen", unit -> {
                if (!mayBe(caller(unit, request.workerId()), caller)) {
                    throw refusal(request.workerId(), caller);
                }
                unit.workers()
                        .seen(new WorkerInfo(
                                request.workerId(),
                                caller.name(),
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
            remember(request.workerId(), caller.name());
        }
    }

    /**
     * Whether it is known without looking it up that a caller may come as a worker.
     *
     * @param worker the worker
     * @param caller the caller
     * @return false also if it would have to be looked up
     */
    public boolean isKnownAs(WorkerId worker, Caller caller) {
        Whose seen = whose.get(worker);
        return seen != null && System.nanoTime() - seen.atNanos() <= EVERY.toNanos() && mayBe(seen.caller(), caller);
    }

    /**
     * Whether a caller may come as a worker: as one that is nobody's, or its own.
     *
     * @param view where it is looked up
     * @param worker the worker
     * @param caller the caller
     * @return whether it may
     */
    public boolean isOf(StoreView view, WorkerId worker, Caller caller) {
        if (isKnownAs(worker, caller)) {
            return true;
        }
        String whoever = caller(view, worker);
        if (whoever != null) {
            remember(worker, whoever);
        }
        return mayBe(whoever, caller);
    }

    private static boolean mayBe(@Nullable String whoever, Caller caller) {
        return whoever == null
                || whoever.equals(caller.name())
                || caller.scopes().contains(Scope.ADMIN);
    }

    /**
     * What is said to a caller that comes as somebody else's worker.
     *
     * @param worker the worker
     * @param caller the caller
     * @return to be thrown
     */
    public Forbidden refusal(WorkerId worker, Caller caller) {
        return new Forbidden(
                "not-your-worker",
                "Worker " + worker + " comes as somebody else than " + caller.name()
                        + ": use another id for this one. The id is free once its worker has been silent for "
                        + silence.toSeconds() + " s (maxLease).");
    }

    private void remember(WorkerId worker, String caller) {
        long now = System.nanoTime();
        whose.put(worker, new Whose(caller, now));
        if (whose.size() > known.size() + MOST_OTHERS) {
            whose.values().removeIf(old -> now - old.atNanos() > EVERY.toNanos());
        }
    }

    /** As whom a worker comes; null if it is nobody's. */
    private @Nullable String caller(StoreView view, WorkerId worker) {
        return view.workers()
                .find(worker)
                .filter(seen -> seen.lastSeen().plus(silence).isAfter(view.now()))
                .map(WorkerInfo::caller)
                .orElse(null);
    }
}
