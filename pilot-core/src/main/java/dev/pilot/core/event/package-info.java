/** The event log: taking events in, showing them, telling those who follow. */
@NullMarked
package dev.pilot.core.event;

import org.jspecify.annotations.NullMarked;
