package dev.pilot.api.run;

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
     * The work says something of its result: the last one counts.
     *
     * @param summary what came of it
     */
    void summary(String summary);
}
