/** {@code ProjectStore} on SQLite: one writer that commits for many, readers that never wait for it. */
@NullMarked
package dev.pilot.store.sqlite;

import org.jspecify.annotations.NullMarked;
