/** The hub itself over HTTP. */
@NullMarked
package dev.pilot.client.system;

import org.jspecify.annotations.NullMarked;
