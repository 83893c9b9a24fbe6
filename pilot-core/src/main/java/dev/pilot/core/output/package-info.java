/** What runs leave in files: what they print, and their artifacts. */
@NullMarked
package dev.pilot.core.output;

import org.jspecify.annotations.NullMarked;
