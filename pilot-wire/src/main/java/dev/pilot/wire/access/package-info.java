/** Bodies about who did what, that the api has no record for. */
@NullMarked
package dev.pilot.wire.access;

import org.jspecify.annotations.NullMarked;
