/** Who did what, over HTTP. */
@NullMarked
package dev.pilot.http.access;

import org.jspecify.annotations.NullMarked;
