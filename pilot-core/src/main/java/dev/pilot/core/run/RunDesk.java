package dev.pilot.core.run;

import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunMove;
import dev.pilot.api.store.StoreUnit;
import dev.pilot.api.store.StoreView;
import dev.pilot.api.value.Json;
import java.util.List;
import java.util.function.UnaryOperator;

/** Has runs made, tried again and cancelled for other areas, within units of work of theirs. Whether the caller may is theirs to ask. */
public final class RunDesk {
    private final RunParts parts;

    RunDesk(RunParts parts) {
        this.parts = parts;
    }

    /**
     * Refuses what holds secrets: they would be kept with the run.
     *
     * @param command what a run is to be made of
     * @throws dev.pilot.api.error.InvalidInput if it holds one
     */
    public void refuseCredentials(CreateRun command) {
        parts.creation().refuseCredentials(command);
    }

    /**
     * Begins to make runs.
     *
     * @param unit the unit of work
     * @return makes them
     */
    public RunDrafts drafts(StoreUnit unit) {
        return new RunDrafts(parts.creation(), unit);
    }

    /**
     * Writes runs that were drafted in this unit, and asks for approval where it is needed.
     *
     * @param unit the unit of work
     * @param drafts the runs
     * @param by what made them
     * @param askedBy who wanted them, and may not be the one to approve them
     */
    public void create(StoreUnit unit, List<Run> drafts, String by, String askedBy) {
        parts.creation().insert(unit, drafts, by, askedBy);
    }

    /**
     * Has runs that failed tried again.
     *
     * @param unit the unit of work
     * @param failed the runs
     * @param by what wants it
     * @throws dev.pilot.api.error.NotAllowed if one has not failed
     */
    public void retry(StoreUnit unit, List<Run> failed, String by) {
        List<Run> unused =
                moveAll(unit, failed, RunMove.RETRY, same -> same.failures(0).error(null), Json.object("by", by));
    }

    /**
     * Cancels runs, and what they have asked people for.
     *
     * @param unit the unit of work
     * @param unwanted the runs
     * @param by what wants it
     * @return the runs after it, in order, for {@link #flush}
     * @throws dev.pilot.api.error.NotAllowed if one is over
     */
    public List<Run> cancel(StoreUnit unit, List<Run> unwanted, String by) {
        for (Run run : unwanted) {
            parts.approvals().expire(unit, run);
            if (run.state().isLeased()) {
                parts.attempts().end(unit, run, "cancelled");
            }
        }
        return moveAll(unit, unwanted, RunMove.CANCEL, same -> same, Json.object("by", by, "reason", ""));
    }

    private List<Run> moveAll(
            StoreUnit unit, List<Run> runs, RunMove move, UnaryOperator<Run.Builder> change, Json.Obj why) {
        return parts.transitions()
                .moveAll(
                        unit,
                        runs.stream()
                                .map(run -> new RunTransitions.Move(run, move, change, why))
                                .toList());
    }

    /**
     * Announces what runs had printed when they were cancelled. Called behind the unit of work, not within it.
     *
     * @param cancelled the runs
     */
    public void flush(List<Run> cancelled) {
        cancelled.forEach(run -> parts.output().flush(run.id(), run.attempt()));
    }

    /**
     * Whether a run was accepted and is on its way into the hub's copy, so that it is too late to cancel it.
     *
     * @param view what there is
     * @param run the run
     * @return whether its merge is still to be done
     */
    public static boolean isBeingMerged(StoreView view, Run run) {
        return RunUseCases.isBeingMerged(view, run);
    }

    /**
     * The first line of a text, where there is room for no more.
     *
     * @param text such as a goal, or a title
     * @return 120 characters at most
     */
    public static String headline(String text) {
        return RunCreation.headline(text);
    }
}
