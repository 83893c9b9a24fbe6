/** Operations of those who come in: log-in, users, tokens. */
@NullMarked
package dev.pilot.http.access;

import org.jspecify.annotations.NullMarked;
