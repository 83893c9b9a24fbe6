package dev.pilot.wire.run;

/**
 * A place in the log of events.
 *
 * @param position the newest event's, 0 if there is none
 */
public record Position(long position) {}
