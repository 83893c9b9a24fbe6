/** How the hub hands runs out. */
@NullMarked
package dev.pilot.core.run;

import org.jspecify.annotations.NullMarked;
