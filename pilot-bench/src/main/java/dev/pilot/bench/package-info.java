/** Benchmarks: each beside its peer and the ceiling in the same run, told as ratios. */
@NullMarked
package dev.pilot.bench;

import org.jspecify.annotations.NullMarked;
