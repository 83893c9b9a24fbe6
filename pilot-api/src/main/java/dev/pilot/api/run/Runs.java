package dev.pilot.api.run;

import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.value.Created;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Page;
import dev.pilot.api.value.PageRequest;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use-cases of runs. Wherever a run's id is asked for, its {@code externalId} may be given in its place. */
public interface Runs {
    /**
     * Creates a run, or finds the one that the same command made before. It starts {@code PROPOSED} where its policy asks for
     * approval, {@code RUNNING} where it is {@code external}, else {@code QUEUED}.
     *
     * @param command the run
     * @return the run, and whether it is new
     * @throws dev.pilot.api.error.InvalidInput if a field is wrong or the inputs hold a credential
     * @throws dev.pilot.api.error.AlreadyExists if the id or key was used with other content
     * @throws dev.pilot.api.error.NotAllowed with code {@code task-has-run} if its task has another run that is not over
     */
    Created<Run> createOrFind(CreateRun command);

    /**
     * Creates a run, or finds the one that the same command made before.
     *
     * @param command the run
     * @return the run
     */
    default Run create(CreateRun command) {
        return createOrFind(command).value();
    }

    /**
     * Creates runs, each by itself, but all at once: for many, this is much quicker than one by one. Later ones see what earlier
     * ones made.
     *
     * @param commands the runs, in order; at most 500
     * @return one answer per run: the run, and whether it is new, or why it was refused
     */
    List<ItemResult<Created<Run>>> createAll(List<CreateRun> commands);

    /**
     * Gets a run.
     *
     * @param id its id
     * @return the run
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Run get(RunId id);

    /**
     * Lists runs, newest first.
     *
     * @param filter which
     * @param page which part of the list
     * @return a page of runs
     */
    Page<Run> list(RunFilter filter, PageRequest page);

    /**
     * Lists a run's attempts, oldest first.
     *
     * @param id its id
     * @return the attempts
     */
    List<Attempt> attempts(RunId id);

    /**
     * Lets a {@code PROPOSED} run start: decides its start approval.
     *
     * @param id its id
     * @param comment said with the decision, or null
     * @return the run, now {@code QUEUED}
     * @throws dev.pilot.api.error.NotAllowed if it isn't waiting for that
     */
    Run approve(RunId id, @Nullable String comment);

    /**
     * Refuses: a {@code PROPOSED} run is cancelled, one in {@code REVIEW} fails or, with {@code again}, is queued for another
     * attempt that gets the comment as feedback.
     *
     * @param id its id
     * @param comment why, or what to do better; or null
     * @param again whether a run in review is to try again
     * @return the run
     * @throws dev.pilot.api.error.NotAllowed if it waits for neither
     */
    Run reject(RunId id, @Nullable String comment, boolean again);

    /**
     * Accepts the result of a run in {@code REVIEW} and merges it into its repository's target branch.
     *
     * @param id its id
     * @param comment said with the decision, or null
     * @return the run, now {@code SUCCEEDED}
     * @throws dev.pilot.api.error.Conflict with code {@code merge-conflict} naming the files; the target is untouched, the run
     *     stays in review
     * @throws dev.pilot.api.error.NotAllowed if it isn't in review
     */
    Run accept(RunId id, @Nullable String comment);

    /**
     * Cancels a run that is not over. Its worker is told at its next heartbeat; what it writes afterwards is refused.
     *
     * @param id its id
     * @param reason why, or null
     * @return the run, now {@code CANCELLED}; unchanged if it was cancelled before
     * @throws dev.pilot.api.error.NotAllowed if it is over in another way
     */
    Run cancel(RunId id, @Nullable String reason);

    /**
     * Queues a {@code FAILED} run for another attempt.
     *
     * @param id its id
     * @return the run, now {@code QUEUED}
     * @throws dev.pilot.api.error.NotAllowed if it hasn't failed, or its task has another run that is not over
     */
    Run retry(RunId id);

    /**
     * Reads part of a run's output.
     *
     * @param request which part
     * @return the bytes there are; none behind the end
     */
    OutputChunk output(OutputRequest request);

    /**
     * Lists a run's artifacts, oldest first.
     *
     * @param id its id
     * @return the artifacts
     */
    List<Artifact> artifacts(RunId id);

    /**
     * Gets an artifact's description.
     *
     * @param id its id
     * @return the artifact
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    Artifact artifact(ArtifactId id);

    /**
     * Opens an artifact's bytes.
     *
     * @param id its id
     * @return the bytes; to be closed by the caller
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    InputStream artifactContent(ArtifactId id);

    /**
     * Says why a run is not being claimed.
     *
     * @param id its id
     * @return what it waits for; nothing if the next worker that asks gets it
     * @throws dev.pilot.api.error.NotFound if there is none
     */
    RunWait whyWaiting(RunId id);
}
