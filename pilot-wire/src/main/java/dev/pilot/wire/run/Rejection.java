package dev.pilot.wire.run;

import org.jspecify.annotations.Nullable;

/**
 * The body of a rejection.
 *
 * @param comment why, or what to do better; or null
 * @param again whether a run in review is to try again
 */
public record Rejection(@Nullable String comment, boolean again) {}
