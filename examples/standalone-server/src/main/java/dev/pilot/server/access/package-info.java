/** The commands that administer users and tokens. */
@NullMarked
package dev.pilot.server.access;

import org.jspecify.annotations.NullMarked;
