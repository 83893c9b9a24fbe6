/** Telling those who follow events. */
@NullMarked
package dev.pilot.core.event;

import org.jspecify.annotations.NullMarked;
