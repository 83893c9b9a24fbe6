package dev.pilot.core.run;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.id.GraphRunId;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.project.Task;
import dev.pilot.api.project.TaskStatus;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunClock;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.Usage;
import dev.pilot.api.store.RunChange;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.value.Json;
import dev.pilot.core.limit.UsageBook;
import dev.pilot.core.project.TaskWatch;
import dev.pilot.core.system.Changes;
import dev.pilot.core.system.Journal;
import dev.pilot.core.system.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The only place where a run changes its state: the move is checked, the event is written and the task follows, in one unit. */
final class RunTransitions {
    private final Journal journal;
    private final UsageBook book;
    private final TaskWatch watch;

    RunTransitions(Journal journal, UsageBook book, TaskWatch watch) {
        this.journal = journal;
        this.book = book;
        this.watch = watch;
    }

    /** The first event of each run, so that replaying its status events gives its state. */
    void created(StoreUnit unit, List<Run> runs, String by) {
        journal.write(
                unit,
                runs.stream()
                        .map(run -> event(
                                run,
                                "created " + run.state().wire(),
                                Json.object("move", "create", "to", run.state(), "attempt", run.attempt(), "by", by)))
                        .toList());
        Touched touched = new Touched();
        runs.forEach(run -> follow(unit, null, run, touched));
        tell(unit, touched);
    }

    /**
     * A move to make.
     *
     * @param run the run as it is
     * @param move the move
     * @param change what else changes about it
     * @param why goes into the event, besides move, from, to and attempt
     */
    record Move(Run run, RunMove move, UnaryOperator<Run.Builder> change, Json.Obj why) {}

    /**
     * Makes a move.
     *
     * @param change what else changes about the run
     * @param why goes into the event, besides move, from, to and attempt
     * @throws NotAllowed if it is not legal from the run's state
     */
    Run move(StoreUnit unit, Run run, RunMove move, UnaryOperator<Run.Builder> change, Json.Obj why) {
        return moveAll(unit, List.of(new Move(run, move, change, why))).get(0);
    }

    /**
     * Makes moves of different runs, all or none.
     *
     * @return the runs after them, in order
     * @throws NotAllowed if one is not legal from its run's state
     */
    List<Run> moveAll(StoreUnit unit, List<Move> moves) {
        List<Run> moved = new ArrayList<>();
        List<RunChange> changes = new ArrayList<>();
        List<NewEvent> events = new ArrayList<>();
        List<UsageBook.Booking> settled = new ArrayList<>();
        for (Move move : moves) {
            Run run = move.run();
            Run changed = changed(move);
            Run after = after(unit, move, changed);
            long millis = after.usage().wallMillis() - changed.usage().wallMillis();
            settled.add(new UsageBook.Booking(after, Usage.NONE.withWallMillis(millis), false));
            moved.add(after);
            changes.add(new RunChange(after, run.updatedAt()));
            Json.Obj data = Json.object(
                            "move", move.move(), "from", run.state(), "to", after.state(), "attempt", after.attempt())
                    .merge(move.why());
            events.add(event(after, run.state().wire() + " -> " + after.state().wire(), data));
        }
        unit.runs().update(changes);
        journal.write(unit, events);
        book.book(unit, settled);
        Touched touched = new Touched();
        for (int i = 0; i < moved.size(); i++) {
            follow(unit, moves.get(i).run().state(), moved.get(i), touched);
        }
        tell(unit, touched);
        return moved;
    }

    /** What those who watch tasks are to be told. */
    private record Touched(Map<ProjectId, Set<TaskId>> tasks, Set<GraphRunId> revived) {
        Touched() {
            this(new LinkedHashMap<>(), new LinkedHashSet<>());
        }
    }

    private void tell(StoreUnit unit, Touched touched) {
        touched.tasks().forEach((project, tasks) -> watch.touched(unit, project, tasks));
        touched.revived().forEach(graph -> watch.revived(unit, graph));
    }

    private static Run changed(Move move) {
        check(move.run(), move.move());
        return move.change()
                .apply(move.run().toBuilder().state(move.move().to()))
                .build();
    }

    private static Run after(StoreUnit unit, Move move, Run changed) {
        Run run = move.run();
        RunState to = move.move().to();
        Run.Builder builder = clocked(unit, move.move(), changed);
        if (!to.isLeased()) {
            builder.lease(null);
        }
        return builder.finishedAt(to.isFinal() ? unit.now() : null)
                .updatedAt(Versions.next(unit, run.updatedAt()))
                .build();
    }

    /** The time of an attempt passes while it is {@code RUNNING}; where its worker doesn't report it, it is settled at the end. */
    private static Run.Builder clocked(StoreUnit unit, RunMove move, Run changed) {
        Run.Builder builder = changed.toBuilder();
        if (move == RunMove.CLAIM || move == RunMove.REVIVE) {
            return builder.clock(RunClock.startingAt(unit.now()));
        }
        RunClock clock = changed.clock();
        if (clock == null) {
            return builder;
        }
        if (!move.to().isLeased()) {
            long unreported = clock.unreportedAt(unit.now());
            return builder.clock(null)
                    .usage(changed.usage().withWallMillis(changed.usage().wallMillis() + unreported));
        }
        return builder.clock(move.to() == RunState.RUNNING ? clock.resumedAt(unit.now()) : clock.stoppedAt(unit.now()));
    }

    /** A change of a run that is no move. */
    Run change(StoreUnit unit, Run run, UnaryOperator<Run.Builder> change) {
        Run after = change.apply(run.toBuilder())
                .updatedAt(Versions.next(unit, run.updatedAt()))
                .build();
        unit.runs().update(after, run.updatedAt());
        return after;
    }

    static void check(Run run, RunMove move) {
        if (!move.isLegalFrom(run.state())) {
            String legal = Arrays.stream(RunMove.values())
                    .filter(candidate -> candidate.isLegalFrom(run.state()))
                    .map(RunMove::wire)
                    .collect(Collectors.joining(", "));
            throw new NotAllowed(
                    "illegal-transition",
                    "Run " + run.id() + " is " + run.state().wire() + ", where " + move.wire() + " is not possible; "
                            + (legal.isEmpty() ? "it is over." : "possible are " + legal + "."));
        }
    }

    private NewEvent event(Run run, String title, Json.Obj data) {
        boolean failed = run.state() == RunState.FAILED;
        return journal.build(Subject.run(run.id()), run.projectId(), run.id(), "status", title, data)
                .level(failed ? Level.ERROR : Level.INFO)
                .message(failed && run.error() != null ? run.error().message() : "")
                .build();
    }

    private void follow(StoreUnit unit, @Nullable RunState from, Run run, Touched touched) {
        TaskId taskId = run.taskId();
        if (taskId == null) {
            return;
        }
        boolean revived = from == RunState.FAILED && !run.state().isFinal();
        boolean tells = run.state().isFinal() || revived;
        Optional<TaskStatus> status = taskStatus(run.state());
        if (status.isPresent()) {
            Optional<Task> found = unit.tasks().find(taskId);
            if (found.isPresent() && isFollowed(found.get().status(), status.get())) {
                Task before = found.get();
                tells |= before.status() == TaskStatus.DONE || before.status() == TaskStatus.CANCELLED;
                put(unit, before, status.get());
            }
        }
        if (tells) {
            touched.tasks()
                    .computeIfAbsent(run.projectId(), project -> new LinkedHashSet<>())
                    .add(taskId);
        }
        GraphRunId graphRunId = run.graphRunId();
        if (revived && graphRunId != null) {
            touched.revived().add(graphRunId);
        }
    }

    private void put(StoreUnit unit, Task before, TaskStatus status) {
        Task after = before.toBuilder()
                .status(status)
                .updatedAt(Versions.next(unit, before.updatedAt()))
                .build();
        unit.tasks().update(after, before.updatedAt());
        List<String> fields = Changes.between(before, after);
        journal.updated(unit, Subject.task(before.id()), before.projectId(), fields);
    }

    /** A run that came to nothing puts its task back, but not one that is done or given up without it. */
    private static boolean isFollowed(TaskStatus now, TaskStatus wanted) {
        return now != wanted
                && (wanted != TaskStatus.TODO || now == TaskStatus.IN_PROGRESS || now == TaskStatus.REVIEW);
    }

    private static Optional<TaskStatus> taskStatus(RunState state) {
        return switch (state) {
            case PROPOSED, QUEUED -> Optional.empty();
            case RUNNING, BLOCKED, GATES -> Optional.of(TaskStatus.IN_PROGRESS);
            case REVIEW -> Optional.of(TaskStatus.REVIEW);
            case SUCCEEDED -> Optional.of(TaskStatus.DONE);
            case FAILED, CANCELLED -> Optional.of(TaskStatus.TODO);
        };
    }
}
