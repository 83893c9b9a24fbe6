package dev.pilot.core.run;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.QueuedProject;
import dev.pilot.api.store.StoreView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Who is next. The best priority goes first; among runs of the same priority, those of the project with the fewest active runs, so that a
 * project with a thousand runs doesn't starve another one's only run; within a project, the oldest. What no quota has room for is
 * passed over, and keeps nobody else waiting.
 */
final class FairShare {
    /** A queue that is shorter is looked at as a whole; and so many projects' queues at once. */
    private static final int SHORT = 64;
    /** So few projects are always looked at one by one. */
    private static final int FEW = 16;

    private final StoreView view;
    private final QuotaBook book;
    /** Runs that were picked or passed over: they come again where more of their project is asked for. */
    private final Set<RunId> seen = new HashSet<>();

    FairShare(StoreView view, QuotaBook book) {
        this.view = view;
        this.book = book;
    }

    /** A project's next runs, the next one first; and whether there may be more behind them. */
    private record Lane(ProjectId project, Deque<Run> runs, boolean more) {}

    /**
     * Picks runs, and counts them against their quotas.
     *
     * @param ask what the worker may take
     * @param need how many at most
     * @return the runs, who is next first
     */
    List<Run> pick(Ask ask, int need) {
        List<Run> picked = new ArrayList<>();
        List<QueuedProject> queued = view.runs().queued().stream()
                .filter(project -> ask.reach().has(project.projectId()))
                .toList();
        // What is read in vain is what a claim costs: of few projects, only what is needed of each is read.
        if (!ask.reach().isBound() && queued.size() > Math.max(FEW, need)) {
            int window = Math.max(SHORT, 4 * need);
            List<Run> front = view.runs().claimable(book.filter(ask), view.now(), window);
            if (front.size() < window) {
                // These are all that there are.
                pick(lanes(front, window), Integer.MAX_VALUE, picked, need);
                return picked;
            }
        }
        pickFromLanes(ask, queued, picked, need);
        return picked;
    }

    /** Where the queue is long, its front may be one project's alone: so each project's own is looked at, the most urgent ones first. */
    private void pickFromLanes(Ask ask, List<QueuedProject> projects, List<Run> picked, int need) {
        List<QueuedProject> queued = projects.stream()
                .sorted(Comparator.comparingInt(QueuedProject::bestPriority)
                        .thenComparingInt(project -> book.active(project.projectId())))
                .toList();
        int some = Math.max(SHORT, need);
        int each = 0;
        boolean more = true;
        while (more && picked.size() < need && !book.isShut()) {
            List<QueuedProject> open = queued.stream()
                    .filter(project -> !book.isShut(project.projectId()))
                    .toList();
            int first = Math.min(some, open.size());
            int beyond = first < open.size() ? open.get(first).bestPriority() : Integer.MAX_VALUE;
            List<ProjectId> next = open.subList(0, first).stream()
                    .map(QueuedProject::projectId)
                    .toList();
            // Where there are many projects, a few runs of each are enough; whose run out is asked for more.
            each = Math.max(2 * each, Math.min(need, Math.max(2, need / Math.max(1, first) + 1)));
            List<Run> found = view.runs().claimable(book.filter(ask), next, view.now(), each);
            more = pick(lanes(found, each), beyond, picked, need) || first < open.size();
            some *= 2;
        }
    }

    /**
     * Runs by project.
     *
     * @param most how many of a project were asked for: where it has so many, there may be more of them
     */
    private List<Lane> lanes(List<Run> found, int most) {
        Map<ProjectId, List<Run>> byProject = new LinkedHashMap<>();
        for (Run run : found) {
            byProject
                    .computeIfAbsent(run.projectId(), project -> new ArrayList<>())
                    .add(run);
        }
        List<Lane> lanes = new ArrayList<>();
        byProject.forEach((project, runs) -> {
            boolean more = runs.size() == most;
            runs.removeIf(run -> seen.contains(run.id()));
            lanes.add(new Lane(project, new ArrayDeque<>(runs), more));
        });
        return lanes;
    }

    /**
     * Picks from these.
     *
     * @param beyond the best priority among projects that are not among these
     * @return whether it stopped since a project's runs ran out, or those beyond might go first
     */
    private boolean pick(List<Lane> lanes, int beyond, List<Run> picked, int need) {
        Comparator<Lane> order = Comparator.<Lane>comparingInt(
                        lane -> lane.runs().element().priority())
                .thenComparingInt(lane -> book.active(lane.project()))
                .thenComparing(lane -> lane.runs().element().createdAt())
                .thenComparing(lane -> lane.runs().element().id().value());
        PriorityQueue<Lane> next = new PriorityQueue<>(order);
        for (Lane lane : lanes) {
            if (!lane.runs().isEmpty()) {
                next.add(lane);
            } else if (lane.more()) {
                return true;
            }
        }
        while (picked.size() < need && !next.isEmpty()) {
            Lane lane = next.remove();
            if (lane.runs().element().priority() > beyond) {
                return true;
            }
            Run run = lane.runs().remove();
            seen.add(run.id());
            if (book.take(run)) {
                picked.add(run);
            }
            if (!lane.runs().isEmpty()) {
                next.add(lane);
            } else if (lane.more()) {
                return true;
            }
        }
        return false;
    }
}
