/** Who did what, of a hub elsewhere. */
@NullMarked
package dev.pilot.client.access;

import org.jspecify.annotations.NullMarked;
