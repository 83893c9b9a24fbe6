/** Benchmarks of events. */
@NullMarked
package dev.pilot.bench.run;

import org.jspecify.annotations.NullMarked;
