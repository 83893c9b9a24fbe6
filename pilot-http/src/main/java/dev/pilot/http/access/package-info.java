/** Operations of those who come in: log-in, users, tokens; and the record of decisions. */
@NullMarked
package dev.pilot.http.access;

import org.jspecify.annotations.NullMarked;
