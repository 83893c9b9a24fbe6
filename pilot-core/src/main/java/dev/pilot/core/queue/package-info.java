/** The queue of runs: which workers are there and wait, whose turn it is, why a run is not taken. */
@NullMarked
package dev.pilot.core.queue;

import org.jspecify.annotations.NullMarked;
