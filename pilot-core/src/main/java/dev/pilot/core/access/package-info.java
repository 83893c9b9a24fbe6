/** Who may do what; the default redactor. */
@NullMarked
package dev.pilot.core.access;

import org.jspecify.annotations.NullMarked;
