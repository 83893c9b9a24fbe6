package dev.pilot.wire.run;

import org.jspecify.annotations.Nullable;

/**
 * The body of a cancel.
 *
 * @param reason why, or null
 */
public record Cancellation(@Nullable String reason) {}
