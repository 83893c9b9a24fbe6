/** The tables of users, tokens and sessions. */
@NullMarked
package dev.pilot.store.jdbi.access;

import org.jspecify.annotations.NullMarked;
