/** The SQLite store keeps the contract, and what is SQLite's own. */
@NullMarked
package dev.pilot.store.sqlite;

import org.jspecify.annotations.NullMarked;
