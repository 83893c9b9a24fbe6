/** The unit of work over the tables of all areas. */
@NullMarked
package dev.pilot.store.jdbi.store;

import org.jspecify.annotations.NullMarked;
