/** Workers that reach their hub over HTTP. */
@NullMarked
package dev.pilot.e2e.worker;

import org.jspecify.annotations.NullMarked;
