/** The tables of runs and all that hangs on them. */
@NullMarked
package dev.pilot.store.jdbi.run;

import org.jspecify.annotations.NullMarked;
