package dev.pilot.wire.run;

import dev.pilot.api.error.InvalidInput;

/**
 * What a stream of server-sent events says besides events: each is a frame with one of these names. An {@link #END} carries the
 * error body of its cause, or an empty object if the stream was closed in good order.
 */
public final class StreamEvents {
    /** An event; the frame's id is its position, the data the event. */
    public static final String EVENT = "event";

    /** Events were pruned; the data is a {@link Truncated}. */
    public static final String TRUNCATED = "truncated";

    /** The log was replaced; the data is a {@link Reset}. */
    public static final String RESET = "reset";

    /** Nothing more will come. */
    public static final String END = "end";

    /**
     * The header of a stream that names its log. Whoever comes back asks with {@code epoch=} and this name, and is told if the position is
     * another log's by now.
     */
    public static final String EPOCH_HEADER = "Pilot-Epoch";

    private StreamEvents() {}

    /**
     * Events that the follower should have had are gone.
     *
     * @param oldest the position of the oldest event there is
     */
    public record Truncated(long oldest) {}

    /**
     * Positions start anew.
     *
     * @param epoch the log's new name
     */
    public record Reset(String epoch) {
        /**
         * Checks that there is one.
         *
         * @throws InvalidInput if it is absent
         */
        public Reset {
            InvalidInput.required(epoch, "epoch");
        }
    }
}
