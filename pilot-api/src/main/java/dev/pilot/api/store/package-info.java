/** The port {@code ProjectStore}: the unit of work and one repository interface per area. */
@NullMarked
package dev.pilot.api.store;

import org.jspecify.annotations.NullMarked;
