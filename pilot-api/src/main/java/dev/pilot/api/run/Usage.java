package dev.pilot.api.run;

/**
 * What a run has used, over all its attempts.
 *
 * @param wallMillis time that its attempts took, in milliseconds
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param costMicros cost in millionths of the currency unit
 * @param toolCalls calls of tools
 * @param changedFiles files that the last attempt changed
 * @param changedLines lines that the last attempt added and removed
 * @param outputBytes bytes printed
 */
public record Usage(
        long wallMillis,
        long inputTokens,
        long outputTokens,
        long costMicros,
        long toolCalls,
        long changedFiles,
        long changedLines,
        long outputBytes) {

    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * This and more: sums, but for the changes, where the later figure counts.
     *
     * @param more what was used since
     * @return the total
     */
    public Usage plus(Usage more) {
        return new Usage(
                wallMillis + more.wallMillis,
                inputTokens + more.inputTokens,
                outputTokens + more.outputTokens,
                costMicros + more.costMicros,
                toolCalls + more.toolCalls,
                more.changedFiles == 0 ? changedFiles : more.changedFiles,
                more.changedLines == 0 ? changedLines : more.changedLines,
                outputBytes + more.outputBytes);
    }

    /**
     * The same with another wall time.
     *
     * @param millis the wall time, in milliseconds
     * @return the usage
     */
    public Usage withWallMillis(long millis) {
        return new Usage(
                millis, inputTokens, outputTokens, costMicros, toolCalls, changedFiles, changedLines, outputBytes);
    }

    /**
     * The same with other output.
     *
     * @param bytes how much was printed
     * @return the usage
     */
    public Usage withOutputBytes(long bytes) {
        return new Usage(
                wallMillis, inputTokens, outputTokens, costMicros, toolCalls, changedFiles, changedLines, bytes);
    }

    /**
     * What a child run's usage takes from its parent's budget: time passes for both at once, and changes are each one's own.
     *
     * @return tokens, cost and tool calls
     */
    public Usage shared() {
        return new Usage(0, inputTokens, outputTokens, costMicros, toolCalls, 0, 0, 0);
    }
}
