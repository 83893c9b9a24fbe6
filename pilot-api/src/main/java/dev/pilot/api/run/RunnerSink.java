package dev.pilot.api.run;

import java.util.concurrent.CompletionStage;

/** Takes what comes of a run on the way. Calls come one at a time per stream; a slow sink slows the work down, never loses anything. */
public interface RunnerSink {
    /**
     * The work printed something, which is redacted already.
     *
     * @param stream which output
     * @param bytes the bytes; the sink's to keep
     */
    void output(OutputStream stream, byte[] bytes);

    /**
     * The work reported something.
     *
     * @param event the event; its run and project are filled in by the caller
     */
    void event(NewEvent event);

    /**
     * The work used something.
     *
     * @param used what was used since the last call
     */
    void use(Usage used);

    /**
     * The work asks a person. The run is blocked until somebody has decided, and goes on being heard of meanwhile.
     *
     * @param question the question
     * @return completes with the approval as soon as it is decided or has expired; with a {@link dev.pilot.api.error.PilotException}
     *     if it is refused or the run is no longer this worker's
     */
    CompletionStage<Approval> ask(NewApproval question);

    /**
     * The work wants to use a tool, which it has to ask before each use.
     *
     * @param call the use
     * @return completes with yes or no, once somebody has decided where that is needed. If the approval that it carries was edited,
     *     the answer is for what that says
     */
    CompletionStage<ToolAnswer> tool(ToolCall call);

    /**
     * The work says something of its result: the last one counts.
     *
     * @param summary what came of it
     */
    void summary(String summary);
}
