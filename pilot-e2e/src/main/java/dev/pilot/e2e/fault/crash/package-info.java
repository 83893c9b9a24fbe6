/** A hub that is killed while many write to it. */
@NullMarked
package dev.pilot.e2e.fault.crash;

import org.jspecify.annotations.NullMarked;
