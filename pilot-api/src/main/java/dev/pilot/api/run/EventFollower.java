package dev.pilot.api.run;

import dev.pilot.api.error.PilotException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes the events that somebody follows. Calls come one at a time, in order. */
@FunctionalInterface
public interface EventFollower {
    /**
     * Takes some events. The next ones come when the answer is complete, so a slow follower holds up nobody else.
     *
     * @param events at least one
     * @return completes when it is ready for more
     */
    CompletionStage<?> onEvents(List<Event> events);

    /**
     * Events that it should have had were pruned.
     *
     * @param oldest the position of the oldest event there is
     */
    default void onTruncated(long oldest) {}

    /**
     * The hub's log was replaced, as by a restore: positions start anew.
     *
     * @param epoch the log's new name
     */
    default void onReset(String epoch) {}

    /**
     * Nothing more will come.
     *
     * @param cause why, or null if it was closed
     */
    default void onEnd(@Nullable PilotException cause) {}
}
