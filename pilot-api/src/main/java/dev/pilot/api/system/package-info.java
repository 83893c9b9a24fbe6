/** What the hub is and how it fares. */
@NullMarked
package dev.pilot.api.system;

import org.jspecify.annotations.NullMarked;
