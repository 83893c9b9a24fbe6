package dev.pilot.api.store;

import dev.pilot.api.error.NotFound;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.id.TaskId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.Attempt;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunFilter;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads runs. */
public interface RunReader {
    /**
     * Finds one.
     *
     * @param id its id
     * @return the run, if there is one
     */
    Optional<Run> find(RunId id);

    /**
     * Gets one.
     *
     * @param id its id
     * @return the run
     * @throws NotFound if there is none
     */
    default Run get(RunId id) {
        return find(id).orElseThrow(() -> new NotFound("run", id.value()));
    }

    /**
     * Lists a page.
     *
     * @param filter which
     * @param page which part of the list
     * @return the page; its order is stable and its cost does not grow with the list
     */
    Page<Run> list(RunFilter filter, PageRequest page);

    /**
     * Finds the newest one with an outside agent's id.
     *
     * @param externalId the id
     * @return the run, if there is one
     */
    Optional<Run> findByExternalId(String externalId);

    /**
     * The attempts of a run, oldest first.
     *
     * @param id the run
     * @return the attempts
     */
    List<Attempt> attempts(RunId id);

    /**
     * One attempt of a run.
     *
     * @param id the run
     * @param number its number, from 1
     * @return the attempt, if there is one
     */
    Optional<Attempt> attempt(RunId id, int number);

    /**
     * A task's runs that are not over.
     *
     * @param taskId the task
     * @return the runs
     */
    List<Run> activeOf(TaskId taskId);

    /**
     * The runs of some tasks that are not over.
     *
     * @param tasks which
     * @return the runs
     */
    List<Run> activeOf(Collection<TaskId> tasks);

    /**
     * Runs whose lease has expired, longest first.
     *
     * @param now the time
     * @param limit how many at most
     * @return the runs
     */
    List<Run> expired(Instant now, int limit);

    /**
     * Runs that a worker carries out - {@code RUNNING} or {@code GATES} - and that no event has told of for as long as their policy
     * allows.
     *
     * @param now the time
     * @param limit how many at most
     * @return the runs
     */
    List<Run> stalled(Instant now, int limit);

    /**
     * Runs that are {@code RUNNING} and whose wall time is used up, or about to be and nobody was warned yet.
     *
     * @param now the time
     * @param limit how many at most
     * @return the runs
     */
    List<Run> overtime(Instant now, int limit);

    /**
     * A run's child runs that are not over.
     *
     * @param parentId the run
     * @return the runs
     */
    List<Run> unfinishedChildren(RunId parentId);

    /**
     * The projects that have queued runs, in order of their ids.
     *
     * @return the projects; whether a worker may claim any of their runs is not looked at
     */
    List<QueuedProject> queued();

    /**
     * The next queued runs of some projects that a worker may claim now: those whose {@code notBefore} has passed, whose task has no
     * dependency that is not done, whose labels and runner the worker has, whose quotas are not shut.
     *
     * @param filter what the worker may take
     * @param projects whose runs
     * @param now the time
     * @param limit how many of each project at most
     * @return the runs of all of them, by priority, then age
     */
    List<Run> claimable(ClaimFilter filter, List<ProjectId> projects, Instant now, int limit);

    /**
     * How many runs hold a lease.
     *
     * @return their counts; each combination once
     */
    List<ActiveRuns> active();

    /**
     * How many runs that hold a lease name a tool in their allow-list.
     *
     * @return the counts by tool; tools without any are left out
     */
    Map<String, Integer> activeByTool();

    /**
     * Some runs at once.
     *
     * @param ids which
     * @return those that there are, by their id
     */
    Map<RunId, Run> all(Collection<RunId> ids);

    /**
     * The attempts that some leases stand for.
     *
     * @param leases the leases; their worker and expiry don't matter
     * @return those that there are, by their run
     */
    Map<RunId, Attempt> attempts(Collection<Lease> leases);

    /**
     * Runs that a worker holds, whose leases expire soonest first.
     *
     * @param limit how many at most
     * @return the runs
     */
    List<Run> leased(int limit);

    /**
     * The runs that a worker holds, whether it knows of it or not.
     *
     * @param worker the worker
     * @return the runs
     */
    List<Run> heldBy(WorkerId worker);
}
