/** The table of repositories. */
@NullMarked
package dev.pilot.store.jdbi.repo;

import org.jspecify.annotations.NullMarked;
