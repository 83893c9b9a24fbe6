/** {@code ProjectStore} on Postgres: any number of hubs share a database, and take turns in writing to it. */
@NullMarked
package dev.pilot.store.postgres;

import org.jspecify.annotations.NullMarked;
