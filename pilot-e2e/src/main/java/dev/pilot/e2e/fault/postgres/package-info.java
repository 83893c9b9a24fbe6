/** A Postgres that goes away and comes back under a hub. */
@NullMarked
package dev.pilot.e2e.fault.postgres;

import org.jspecify.annotations.NullMarked;
