package dev.pilot.core.queue;

import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.GraphRun;
import dev.pilot.api.run.GraphRunState;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunWait;
import dev.pilot.api.run.WaitKind;
import dev.pilot.api.run.WaitReason;
import dev.pilot.api.run.WorkerInfo;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import dev.pilot.core.access.Reach;
import dev.pilot.core.limit.BudgetBook;
import dev.pilot.core.limit.QuotaBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Says why a run is not being claimed, by the same rules that claims go by. */
public final class WaitExplainer {
    private static final int WORKERS = 500;
    /** So far back in the line it is said exactly how many go first. */
    private static final int LINE = 1_000;

    private final StoreView view;
    private final Reach reach;
    private final Run run;
    private final List<WaitReason> reasons = new ArrayList<>();

    private WaitExplainer(StoreView view, Reach reach, Run run) {
        this.view = view;
        this.reach = reach;
        this.run = run;
    }

    /**
     * Says it.
     *
     * @param view what there is; all of it, since all of it may be why
     * @param reach how far the caller sees: of what is out of reach no names or numbers are told
     * @param run the run
     * @return every reason, none if it is next
     */
    public static RunWait explain(StoreView view, Reach reach, Run run) {
        return new WaitExplainer(view, reach, run).explain();
    }

    private RunWait explain() {
        if (run.state() != RunState.QUEUED) {
            add(WaitKind.STATE, ofState(), Json.object("state", run.state()));
        } else {
            graphRun();
            backOff();
            dependencies();
            QuotaBook book = QuotaBook.read(view);
            for (QuotaBook.Full full : book.full(run)) {
                quota(full);
            }
            book.lacks(run).forEach(this::budget);
            List<WorkerInfo> fitting = workers();
            if (reasons.isEmpty()) {
                turn(fitting.get(0));
            }
        }
        return new RunWait(run.id(), run.state(), reasons);
    }

    private void quota(QuotaBook.Full full) {
        Json.Obj data = Json.object("scope", full.scope(), "key", full.key(), "max", full.max());
        add(
                WaitKind.QUOTA,
                "The quota of " + full.max() + " for " + QuotaBook.describe(full) + " has no room"
                        + (full.tells(reach) ? ": " + full.active() + " active" : "") + ". Wait, or raise it.",
                full.tells(reach) ? data.with("active", full.active()) : data);
    }

    private void budget(BudgetBook.Lack lack) {
        add(
                WaitKind.BUDGET,
                "A budget has no room for it: " + lack.describe(reach) + ". Wait, or raise it.",
                lack.data(reach));
    }

    private void add(WaitKind kind, String message, Json.Obj data) {
        reasons.add(new WaitReason(kind, message, data));
    }

    private String ofState() {
        String worker = run.lease() == null ? "" : run.lease().workerId().value();
        return switch (run.state()) {
            case PROPOSED -> "It waits for approval: approve it, or reject it.";
            case RUNNING -> "Worker " + worker + " is at it, attempt " + run.attempt() + ".";
            case BLOCKED -> "Worker " + worker + " has it and waits for a decision: look into the inbox.";
            case GATES -> "Worker " + worker + " has it and runs its gates, attempt " + run.attempt() + ".";
            case REVIEW -> "It is done and waits for review: accept it, or reject it.";
            case SUCCEEDED, FAILED, CANCELLED -> "It is over: " + run.state().wire() + ".";
            case QUEUED -> throw new IllegalStateException("a queued run waits for more than its state");
        };
    }

    private void graphRun() {
        GraphRun graph = run.graphRunId() == null
                ? null
                : view.graphRuns().find(run.graphRunId()).orElse(null);
        if (graph != null && graph.state() == GraphRunState.PAUSED) {
            add(
                    WaitKind.GRAPH_RUN,
                    "Its graph run " + graph.id() + " is paused: resume it.",
                    Json.object("graphRunId", graph.id().value(), "state", graph.state()));
        }
    }

    private void backOff() {
        Instant until = run.notBefore();
        if (until != null && until.isAfter(view.now())) {
            add(
                    WaitKind.BACK_OFF,
                    "After " + run.failures() + " failed attempts it pauses until " + until + ".",
                    Json.object("until", until.toString(), "failures", run.failures()));
        }
    }

    private void dependencies() {
        Task task =
                run.taskId() == null ? null : view.tasks().find(run.taskId()).orElse(null);
        if (task == null) {
            return;
        }
        List<Task> open = task.dependsOn().stream()
                .flatMap(id -> view.tasks().find(id).stream())
                .filter(needed -> needed.status() != TaskStatus.DONE)
                .toList();
        if (!open.isEmpty()) {
            String names = String.join(
                    ", ",
                    open.stream()
                            .limit(5)
                            .map(needed -> needed.id() + " (" + needed.status().wire() + ")")
                            .toList());
            add(
                    WaitKind.DEPENDENCIES,
                    "Its task depends on " + open.size() + " that are not done: " + names
                            + (open.size() > 5 ? ", …." : "."),
                    Json.object(
                            "tasks",
                            open.stream().map(needed -> needed.id().value()).toList()));
        }
    }

    /** The workers that could take it; adds why if there are none, or all are busy. */
    private List<WorkerInfo> workers() {
        Instant since = view.now().minus(Presence.FRESH);
        List<WorkerInfo> there = view.workers().list(WORKERS).stream()
                .filter(worker -> worker.lastSeen().isAfter(since) && !worker.draining())
                .toList();
        List<WorkerInfo> fitting = there.stream()
                .filter(worker -> worker.runners().contains(run.profile().runner())
                        && worker.labels().containsAll(run.labels()))
                .toList();
        String needs = "the runner " + run.profile().runner().wire()
                + (run.labels().isEmpty() ? "" : " and the labels " + new TreeSet<>(run.labels()));
        if (there.isEmpty()) {
            add(WaitKind.NO_WORKER, "No worker has been heard of lately: start one that has " + needs + ".", needs());
        } else if (fitting.isEmpty()) {
            add(
                    WaitKind.NO_WORKER,
                    "None of the " + (reach.isBound() ? "" : there.size() + " ") + "workers has " + needs
                            + ": start one that has.",
                    needs());
        } else if (fitting.stream().allMatch(WaitExplainer::isBusy)) {
            List<String> names = reach.isBound()
                    ? List.of()
                    : fitting.stream().map(worker -> worker.id().value()).toList();
            add(
                    WaitKind.BUSY,
                    "All " + (reach.isBound() ? "" : fitting.size() + " ")
                            + "workers that could take it are busy: wait, or start another one.",
                    Json.object("workers", names));
        }
        return fitting;
    }

    private static boolean isBusy(WorkerInfo worker) {
        return worker.slots() > 0 && worker.running() >= worker.slots();
    }

    private Json.Obj needs() {
        return Json.object("runner", run.profile().runner(), "labels", List.copyOf(new TreeSet<>(run.labels())));
    }

    private void turn(WorkerInfo worker) {
        ClaimRequest asked = ClaimRequest.builder(worker.id())
                .labels(worker.labels())
                .runners(worker.runners())
                .build();
        List<Run> line = new FairShare(view, QuotaBook.read(view)).pick(new Ask(asked, Reach.ALL), LINE);
        int ahead = place(line);
        if (ahead > 0 && reach.isBound()) {
            long ours = line.stream()
                    .limit(ahead)
                    .filter(other -> reach.has(other.projectId()))
                    .count();
            add(
                    WaitKind.TURN,
                    "Others go first, by priority, then by whose project has fewest active, then by age; of yours "
                            + ours + ".",
                    Json.object("ahead", ours));
        } else if (ahead > 0) {
            add(
                    WaitKind.TURN,
                    (ahead == LINE ? LINE + " runs or more go" : ahead == 1 ? "One run goes" : ahead + " runs go")
                            + " first, by priority, then by whose project has fewest active, then by age.",
                    Json.object("ahead", ahead));
        }
    }

    private int place(List<Run> line) {
        for (int i = 0; i < line.size(); i++) {
            if (line.get(i).id().equals(run.id())) {
                return i;
            }
        }
        return LINE;
    }
}
