/** The unit of work. */
@NullMarked
package dev.pilot.store.jdbi.store;

import org.jspecify.annotations.NullMarked;
