/** Keys that lie beside the database, and what is encrypted with them. */
@NullMarked
package dev.pilot.core.secret;

import org.jspecify.annotations.NullMarked;
