/** What all use-cases stand on: ids, checks, versions, the data directory. */
@NullMarked
package dev.pilot.core.system;

import org.jspecify.annotations.NullMarked;
