/** The routes about the hub itself. Internal to this module. */
@NullMarked
package dev.pilot.http.system;

import org.jspecify.annotations.NullMarked;
