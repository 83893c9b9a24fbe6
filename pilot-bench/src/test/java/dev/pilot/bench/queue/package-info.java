/** What a benchmark stands on is what it says it is. */
@NullMarked
package dev.pilot.bench.queue;

import org.jspecify.annotations.NullMarked;
