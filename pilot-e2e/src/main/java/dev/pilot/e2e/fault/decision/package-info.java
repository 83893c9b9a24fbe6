/** A hub that is killed while people decide. */
@NullMarked
package dev.pilot.e2e.fault.decision;

import org.jspecify.annotations.NullMarked;
