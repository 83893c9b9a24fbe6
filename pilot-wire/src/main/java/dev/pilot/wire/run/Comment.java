package dev.pilot.wire.run;

import org.jspecify.annotations.Nullable;

/**
 * What is said with an approval or an acceptance.
 *
 * @param comment the words, or null
 */
public record Comment(@Nullable String comment) {}
