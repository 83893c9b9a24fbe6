/** The tables of users, tokens and sessions, and of who decided what. */
@NullMarked
package dev.pilot.store.jdbi.access;

import org.jspecify.annotations.NullMarked;
