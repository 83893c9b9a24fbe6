/** One type per kind of id. */
@NullMarked
package dev.pilot.api.id;

import org.jspecify.annotations.NullMarked;
