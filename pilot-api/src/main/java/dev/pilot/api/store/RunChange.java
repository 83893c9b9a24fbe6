package dev.pilot.api.store;

import dev.pilot.api.run.Run;
import java.time.Instant;

/**
 * A run as it is to be from now on.
 *
 * @param run the run with its new version
 * @param expected the version that was read
 */
public record RunChange(Run run, Instant expected) {}
