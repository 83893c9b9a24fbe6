/** How a worker reports to its hub. */
@NullMarked
package dev.pilot.core.worker;

import org.jspecify.annotations.NullMarked;
