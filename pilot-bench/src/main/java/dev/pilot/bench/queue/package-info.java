/** Benchmarks of the run queue. */
@NullMarked
package dev.pilot.bench.queue;

import org.jspecify.annotations.NullMarked;
