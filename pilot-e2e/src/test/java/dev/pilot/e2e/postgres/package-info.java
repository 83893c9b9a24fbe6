/** The whole contract once more, on Postgres. */
@NullMarked
package dev.pilot.e2e.postgres;

import org.jspecify.annotations.NullMarked;
