/** The Postgres store keeps the contract, and what is Postgres' own. */
@NullMarked
package dev.pilot.store.postgres;

import org.jspecify.annotations.NullMarked;
