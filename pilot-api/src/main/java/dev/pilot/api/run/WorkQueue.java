package dev.pilot.api.run;

import dev.pilot.api.value.ItemResult;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The worker's side of runs. Every write carries the {@link Lease}; one that is no longer the run's is refused with
 * {@link dev.pilot.api.error.LeaseLost} and changes nothing.
 */
public interface WorkQueue {
    /**
     * Claims runs, by priority, then age; only those that the worker fits and whose task is ready. Waits, without holding a
     * thread, until there is one or the time is up.
     *
     * @param request who asks for what
     * @return completes with what was claimed; may be empty
     */
    CompletionStage<List<Assignment>> claim(ClaimRequest request);

    /**
     * Renews leases and learns which are lost or to be stopped.
     *
     * @param request who holds what
     * @return what became of each
     */
    HeartbeatAnswer heartbeat(HeartbeatRequest request);

    /**
     * Says which branch and commit the attempt starts from.
     *
     * @param lease the lease
     * @param branch the attempt's branch
     * @param baseCommit the commit it starts from
     * @return the run now
     */
    Run started(Lease lease, String branch, String baseCommit);

    /**
     * The run's repository, for a worker that keeps a copy of its own: a git bundle of the default branch and the tags, as the hub's copy
     * has them now, without what the worker has. Nothing at all stands for a repository without commits.
     *
     * @param lease the lease
     * @param known commits that the worker's copy has with all their history; 100 at most
     * @return the bundle; the caller closes it
     * @throws dev.pilot.api.error.NotAllowed with code {@code no-repository} if the run works on none
     */
    InputStream base(Lease lease, List<String> known);

    /**
     * Brings what the attempt made to the hub's copy, before it is reported. Doing it again replaces what was there.
     *
     * @param lease the lease
     * @param bundle a git bundle with the attempt's branch, built on what {@link #base} gave; read once, not closed
     * @return the branch's commit
     * @throws dev.pilot.api.error.NotAllowed if the bundle has no such branch, or can't be read
     */
    String publish(Lease lease, InputStream bundle);

    /**
     * Says that the command has ended well and the gates begin.
     *
     * @param lease the lease
     * @return the run, now {@code GATES}
     */
    Run gates(Lease lease);

    /**
     * Asks for a decision; the run is {@code BLOCKED} until then.
     *
     * @param lease the lease
     * @param question what is asked
     * @return the approval, pending
     */
    Approval ask(Lease lease, NewApproval question);

    /**
     * Asks whether a tool may be used now, and counts the use. What the run's profile doesn't allow is denied; what its policy wants asked
     * needs an approval or a grant. After {@link ToolVerdict#ASKED}, wait for the approval and ask again with the same call.
     *
     * @param lease the lease
     * @param call the use
     * @return whether it may be used
     */
    ToolAnswer tool(Lease lease, ToolCall call);

    /**
     * Appends events of the run.
     *
     * @param lease the lease
     * @param events the events; at most 1,000
     * @return completes when they are durable
     */
    CompletionStage<Appended> append(Lease lease, List<NewEvent> events);

    /**
     * Appends output. What the hub has already is skipped, so a worker that lost the answer sends it again.
     *
     * @param lease the lease
     * @param stream which output
     * @param offset where the bytes belong, from 0
     * @param bytes the bytes; not to be changed by the caller
     * @return how many bytes the hub has now: where the next ones belong
     * @throws dev.pilot.api.error.InvalidInput with code {@code output-gap} if there are bytes missing before the offset
     */
    long output(Lease lease, OutputStream stream, long offset, byte[] bytes);

    /**
     * Keeps a file with the run.
     *
     * @param lease the lease
     * @param artifact what it is
     * @param bytes its bytes; text is redacted
     * @return the artifact
     */
    Artifact keep(Lease lease, NewArtifact artifact, byte[] bytes);

    /**
     * Adds to what the run has used, on the agent's word. Sent again it counts again; {@link #use(List)} doesn't.
     *
     * @param lease the lease
     * @param used what was used since the last call
     * @return the run now
     */
    Run use(Lease lease, Usage used);

    /**
     * Adds to what runs have used: each report once, however often it is sent.
     *
     * @param reports the reports; at most 500
     * @return for each, whether it was new
     */
    List<ItemResult<UsageReceipt>> use(List<UsageReport> reports);

    /**
     * Gives runs back that were not begun; that is no failed attempt. Claims of these workers that still wait are answered with nothing,
     * so that none gets back what it has just given.
     *
     * @param leases the leases
     * @return the run of each, queued again
     */
    List<ItemResult<Run>> release(List<Lease> leases);

    /**
     * Reports how attempts ended. The run goes on to review, success, another attempt or failure, as its policy says.
     *
     * @param reports one per attempt
     * @return the run of each
     */
    List<ItemResult<Run>> finish(List<FinishRun> reports);
}
