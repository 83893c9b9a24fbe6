/** The tables of who decided what. */
@NullMarked
package dev.pilot.store.jdbi.access;

import org.jspecify.annotations.NullMarked;
