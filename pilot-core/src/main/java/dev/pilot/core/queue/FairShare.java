package dev.pilot.core.queue;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Run;
import dev.pilot.api.store.QueuedProject;
import dev.pilot.api.store.StoreView;
import dev.pilot.core.limit.QuotaBook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is next. The best priority goes first; among runs of the same priority, those of the project with the fewest active runs, so that a
 * project with a thousand runs doesn't starve another one's only run; within a project, the oldest. What no quota has room for is
 * passed over, and keeps nobody else waiting.
 *
 * <p>Each project's queue is a lane of its own, of which no more is read than is needed: what is read in vain is what a claim costs.
 */
public final class FairShare {
    /** So many projects' queues are looked at first; twice as many with each further look. */
    private static final int SOME = 64;

    private final StoreView view;
    private final QuotaBook book;
    /** Runs that were picked or passed over: they come again where more of their project is asked for. */
    private final Set<RunId> seen = new HashSet<>();

    /**
     * Makes one, for one look.
     *
     * @param view what there is, all of it
     * @param book what quotas and budgets leave; what is picked is counted in it
     */
    public FairShare(StoreView view, QuotaBook book) {
        this.view = view;
        this.book = book;
    }

    /** A project's queue, as far as it was read; the next run first. */
    private static final class Lane {
        private final ProjectId project;
        private final Deque<Run> runs = new ArrayDeque<>();
        /** How many were asked for when it was last read. */
        private int asked;
        /** Whether there may be more behind them. */
        private boolean more = true;

        Lane(ProjectId project) {
            this.project = project;
        }

        boolean isToRead() {
            return more && runs.isEmpty();
        }
    }

    /**
     * Picks runs, and counts them against their quotas.
     *
     * @param ask what the worker may take
     * @param need how many at most
     * @return the runs, who is next first
     */
    public List<Run> pick(Ask ask, int need) {
        List<Run> picked = new ArrayList<>();
        List<QueuedProject> queued = view.runs().queued().stream()
                .filter(project -> ask.reach().has(project.projectId()))
                .sorted(Comparator.comparingInt(QueuedProject::bestPriority)
                        .thenComparingInt(project -> book.active(project.projectId())))
                .toList();
        List<Lane> lanes = new ArrayList<>();
        int open = 0;
        int some = Math.max(SOME, need);
        boolean more = true;
        while (more && picked.size() < need && !book.isShut()) {
            while (open < Math.min(some, queued.size())) {
                lanes.add(new Lane(queued.get(open++).projectId()));
            }
            lanes.removeIf(lane -> book.isShut(lane.project) || lane.runs.isEmpty() && !lane.more);
            readOn(ask, lanes, need);
            int beyond = open < queued.size() ? queued.get(open).bestPriority() : Integer.MAX_VALUE;
            more = pick(lanes, beyond, picked, need) || open < queued.size();
            some *= 2;
        }
        return picked;
    }

    /** Reads on where a lane has run out: at first a few runs of each, if there are many lanes; of whose were not enough, twice as many. */
    private void readOn(Ask ask, List<Lane> lanes, int need) {
        int first = Math.min(need, Math.max(2, need / Math.max(1, lanes.size()) + 1));
        Map<Integer, List<Lane>> toRead = new HashMap<>();
        for (Lane lane : lanes) {
            if (lane.isToRead()) {
                lane.asked = Math.max(2 * lane.asked, first);
                toRead.computeIfAbsent(lane.asked, same -> new ArrayList<>()).add(lane);
            }
        }
        toRead.forEach((each, alike) -> read(ask, alike, each));
    }

    private void read(Ask ask, Collection<Lane> alike, int each) {
        Map<ProjectId, List<Run>> found = view
                .runs()
                .claimable(
                        book.filter(ask.request()),
                        alike.stream().map(lane -> lane.project).toList(),
                        view.now(),
                        each)
                .stream()
                .collect(Collectors.groupingBy(Run::projectId));
        for (Lane lane : alike) {
            List<Run> next = found.getOrDefault(lane.project, List.of());
            lane.more = next.size() == each;
            next.stream().filter(run -> !seen.contains(run.id())).forEach(lane.runs::add);
        }
    }

    /**
     * Picks from these.
     *
     * @param beyond the best priority among projects that are not among these
     * @return whether it stopped since a project's runs ran out, or those beyond might go first
     */
    private boolean pick(List<Lane> lanes, int beyond, List<Run> picked, int need) {
        Comparator<Lane> order = Comparator.<Lane>comparingInt(
                        lane -> lane.runs.element().priority())
                .thenComparingInt(lane -> book.active(lane.project))
                .thenComparing(lane -> lane.runs.element().createdAt())
                .thenComparing(lane -> lane.runs.element().id().value());
        PriorityQueue<Lane> next = new PriorityQueue<>(order);
        for (Lane lane : lanes) {
            if (!lane.runs.isEmpty()) {
                next.add(lane);
            } else if (lane.more) {
                return true;
            }
        }
        while (picked.size() < need && !next.isEmpty()) {
            Lane lane = next.remove();
            if (lane.runs.element().priority() > beyond) {
                return true;
            }
            Run run = lane.runs.remove();
            seen.add(run.id());
            if (book.take(run)) {
                picked.add(run);
            }
            if (!lane.runs.isEmpty()) {
                next.add(lane);
            } else if (lane.more) {
                return true;
            }
        }
        return false;
    }
}
