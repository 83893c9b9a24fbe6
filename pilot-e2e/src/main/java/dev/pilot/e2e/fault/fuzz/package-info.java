/** Requests that nobody should send, to every route there is. */
@NullMarked
package dev.pilot.e2e.fault.fuzz;

import org.jspecify.annotations.NullMarked;
