package dev.pilot.wire.run;

/**
 * The answer to written output.
 *
 * @param size how many bytes the hub has now: where the next ones belong
 */
public record OutputSize(long size) {}
