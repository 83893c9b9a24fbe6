/** The one family of errors that Pilot throws, embedded or remote. */
@NullMarked
package dev.pilot.api.error;

import org.jspecify.annotations.NullMarked;
