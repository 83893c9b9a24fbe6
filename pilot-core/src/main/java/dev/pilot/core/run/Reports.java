package dev.pilot.core.run;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.FinishRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.value.ItemResult;
import dev.pilot.core.system.HubContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the reports of attempts that have ended. Those that come while others are being written are written together: whoever is next
 * does it for all who wait.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final HubContext hub;
    private final RunParts parts;
    private final Finishing finishing;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    /** A report, and what came of it. */
    private static final class Waiting {
        private final FinishRun report;
        private @Nullable ItemResult<Finishing.Finished> result;
        private @Nullable RuntimeException failure;

        Waiting(FinishRun report) {
            this.report = report;
        }

        boolean isDone() {
            return result != null || failure != null;
        }
    }

    Reports(HubContext hub, RunParts parts) {
        this.hub = hub;
        this.parts = parts;
        this.finishing = new Finishing(parts);
    }

    /**
     * Takes reports.
     *
     * @param reports the reports, checked and without secrets
     * @return for each, in order, the run after it
     */
    List<ItemResult<Run>> take(List<FinishRun> reports) {
        List<Waiting> mine = reports.stream().map(Waiting::new).toList();
        for (FinishRun report : reports) {
            // What was printed is announced before what came of it.
            parts.output().flush(report.lease().runId(), report.lease().attempt());
        }
        queue.addAll(mine);
        writing.lock();
        try {
            while (!mine.stream().allMatch(Waiting::isDone)) {
                write(next());
            }
        } finally {
            writing.unlock();
        }
        return mine.stream().map(this::result).toList();
    }

    /** What waits, each run once: its second report has to see what came of the first. */
    private List<Waiting> next() {
        List<Waiting> next = new ArrayList<>();
        Set<RunId> runs = new HashSet<>();
        while (next.size() < MOST_AT_ONCE) {
            Waiting first = queue.peek();
            if (first == null || !runs.add(first.report.lease().runId())) {
                break;
            }
            next.add(queue.remove());
        }
        return next;
    }

    private void write(List<Waiting> together) {
        try {
            List<FinishRun> reports =
                    together.stream().map(waiting -> waiting.report).toList();
            List<ItemResult<Finishing.Finished>> results =
                    hub.store().write("run.finish", unit -> finishing.finish(unit, reports));
            for (int i = 0; i < together.size(); i++) {
                together.get(i).result = results.get(i);
            }
        } catch (RuntimeException failure) {
            together.forEach(waiting -> waiting.failure = failure);
        }
    }

    private ItemResult<Run> result(Waiting waiting) {
        if (waiting.failure instanceof PilotException refused) {
            return new ItemResult.Refused<>(refused);
        }
        if (waiting.failure != null) {
            throw waiting.failure;
        }
        ItemResult<Finishing.Finished> result = requireNonNull(waiting.result);
        if (result instanceof ItemResult.Refused<Finishing.Finished> refused) {
            return new ItemResult.Refused<>(refused.error());
        }
        Finishing.Finished finished = result.get();
        return new ItemResult.Done<>(finished.toMerge() == null ? finished.run() : merged(finished));
    }

    private Run merged(Finishing.Finished finished) {
        Run run = finished.run();
        try {
            parts.merges().merge(requireNonNull(finished.toMerge()).id());
        } catch (PilotException waits) {
            // The attempt is over all the same; the run shows what it waits for, and the sweep tries again.
            LOG.info("Run {} is not merged yet: {}", run.id(), waits.getMessage());
        }
        return hub.store().read(view -> view.runs().get(run.id()));
    }
}
