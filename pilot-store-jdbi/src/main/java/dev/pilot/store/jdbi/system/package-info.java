/** The tables that serve all areas. */
@NullMarked
package dev.pilot.store.jdbi.system;

import org.jspecify.annotations.NullMarked;
