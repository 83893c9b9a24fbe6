/** The hub as a caller sees it: {@link dev.pilot.api.Pilot} and the door in front of it. */
@NullMarked
package dev.pilot.api;

import org.jspecify.annotations.NullMarked;
