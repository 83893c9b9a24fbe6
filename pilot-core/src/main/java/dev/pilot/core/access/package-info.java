/** Who may do what. */
@NullMarked
package dev.pilot.core.access;

import org.jspecify.annotations.NullMarked;
