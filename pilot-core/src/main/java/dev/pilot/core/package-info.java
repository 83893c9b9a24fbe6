/** The hub: {@link dev.pilot.core.PilotHub} and its wiring. */
@NullMarked
package dev.pilot.core;

import org.jspecify.annotations.NullMarked;
