/** Hubs and workers in processes of their own, and the wire between them: all of it can be broken. */
@NullMarked
package dev.pilot.e2e.fault.process;

import org.jspecify.annotations.NullMarked;
