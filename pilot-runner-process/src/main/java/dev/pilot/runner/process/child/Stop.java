package dev.pilot.runner.process.child;

import dev.pilot.api.run.RunnerResult.End;
import java.time.Duration;

/**
 * Why a child is to be ended before it ends by itself.
 *
 * @param end what its result says
 * @param message what its result says of it
 * @param firmAt when politeness is over, in {@link System#nanoTime}
 */
record Stop(End end, String message, long firmAt) {
    static Stop of(End end, String message, Duration grace) {
        return new Stop(end, message, Deadline.after(grace));
    }

    /** Two reasons at once: the first one stands, unless the later one means that the output is not whole. */
    Stop and(Stop later) {
        boolean worse = later.end == End.BROKEN || later.end == End.OUTPUT_LIMIT && end != End.BROKEN;
        Stop stands = worse ? later : this;
        return new Stop(stands.end, stands.message, firmAt - later.firmAt < 0 ? firmAt : later.firmAt);
    }
}
