/** What the SQL stores share: rows, cursors, the unit of work. Not for users to name. */
@NullMarked
package dev.pilot.store.jdbi;

import org.jspecify.annotations.NullMarked;
