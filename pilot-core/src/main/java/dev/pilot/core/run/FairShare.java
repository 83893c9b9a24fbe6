package dev.pilot.core.run;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.ClaimRequest;
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
     * @param request what the worker may take
     * @param need how many at most
     * @return the runs, who is next first
     */
    List<Run> pick(ClaimRequest request, int need) {
        List<QueuedProject> queued = view.runs().queued();
        List<Run> picked = new ArrayList<>();
        int each = 0;
        boolean more = true;
        while (more && picked.size() < need && !book.isShut()) {
            List<ProjectId> open = queued.stream()
                    .map(QueuedProject::projectId)
                    .filter(project -> !book.isShut(project))
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            // Where there are many projects, a few runs of each are enough; whose run out is asked for more.
            each = Math.max(2 * each, Math.min(need, Math.max(2, need / open.size() + 1)));
            more = pick(lanes(request, open, each), picked, need);
        }
        return picked;
    }

    private List<Lane> lanes(ClaimRequest request, List<ProjectId> open, int each) {
        Map<ProjectId, List<Run>> found = new LinkedHashMap<>();
        for (Run run : view.runs().claimable(book.filter(request), open, view.now(), each)) {
            found.computeIfAbsent(run.projectId(), project -> new ArrayList<>()).add(run);
        }
        List<Lane> lanes = new ArrayList<>();
        found.forEach((project, runs) -> {
            boolean more = runs.size() == each;
            runs.removeIf(run -> seen.contains(run.id()));
            lanes.add(new Lane(project, new ArrayDeque<>(runs), more));
        });
        return lanes;
    }

    /** Answers whether a project's runs ran out before all was picked, though there may be more of them. */
    private boolean pick(List<Lane> lanes, List<Run> picked, int need) {
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
