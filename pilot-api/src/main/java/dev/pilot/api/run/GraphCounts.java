package dev.pilot.api.run;

/**
 * How many tasks of a graph run are how far.
 *
 * @param waiting how many are {@link GraphNodeState#WAITING}
 * @param ready how many are {@link GraphNodeState#READY}
 * @param running how many are {@link GraphNodeState#RUNNING}
 * @param elsewhere how many are {@link GraphNodeState#ELSEWHERE}
 * @param done how many are {@link GraphNodeState#DONE}
 * @param failed how many are {@link GraphNodeState#FAILED}
 * @param blocked how many are {@link GraphNodeState#BLOCKED}
 * @param cancelled how many are {@link GraphNodeState#CANCELLED}
 */
public record GraphCounts(
        int waiting, int ready, int running, int elsewhere, int done, int failed, int blocked, int cancelled) {
    /** Of nothing. */
    public static final GraphCounts NONE = new GraphCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * How many there are.
     *
     * @return the sum
     */
    public int total() {
        return waiting + ready + running + elsewhere + done + failed + blocked + cancelled;
    }

    /**
     * The counts with one of them changed.
     *
     * @param state which
     * @param more how many more there are; negative for fewer
     * @return the counts
     */
    public GraphCounts plus(GraphNodeState state, int more) {
        return new GraphCounts(
                waiting + (state == GraphNodeState.WAITING ? more : 0),
                ready + (state == GraphNodeState.READY ? more : 0),
                running + (state == GraphNodeState.RUNNING ? more : 0),
                elsewhere + (state == GraphNodeState.ELSEWHERE ? more : 0),
                done + (state == GraphNodeState.DONE ? more : 0),
                failed + (state == GraphNodeState.FAILED ? more : 0),
                blocked + (state == GraphNodeState.BLOCKED ? more : 0),
                cancelled + (state == GraphNodeState.CANCELLED ? more : 0));
    }
}
