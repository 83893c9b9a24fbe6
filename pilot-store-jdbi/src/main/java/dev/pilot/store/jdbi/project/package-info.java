/** The tables of projects and tasks. */
@NullMarked
package dev.pilot.store.jdbi.project;

import org.jspecify.annotations.NullMarked;
