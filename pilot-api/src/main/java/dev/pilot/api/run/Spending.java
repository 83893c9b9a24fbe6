package dev.pilot.api.run;

/**
 * What many runs used, or may still use, together.
 *
 * @param wallMillis time that they took, in milliseconds
 * @param tokens tokens read and written
 * @param costMicros cost in millionths of the currency unit
 * @param toolCalls calls of tools
 */
public record Spending(long wallMillis, long tokens, long costMicros, long toolCalls) {
    /** Nothing. */
    public static final Spending NONE = new Spending(0, 0, 0, 0);

    /**
     * What a run's usage comes to.
     *
     * @param usage the usage
     * @return the same, as far as many runs' can be added up
     */
    public static Spending of(Usage usage) {
        return new Spending(
                usage.wallMillis(), usage.inputTokens() + usage.outputTokens(), usage.costMicros(), usage.toolCalls());
    }

    /**
     * This and more.
     *
     * @param more what is added
     * @return the sums
     */
    public Spending plus(Spending more) {
        return new Spending(
                wallMillis + more.wallMillis,
                tokens + more.tokens,
                costMicros + more.costMicros,
                toolCalls + more.toolCalls);
    }
}
