/** How workers wait for runs. */
@NullMarked
package dev.pilot.core.queue;

import org.jspecify.annotations.NullMarked;
