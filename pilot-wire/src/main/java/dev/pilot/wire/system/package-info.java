/** Answers about the hub where they are not one record of the api. */
@NullMarked
package dev.pilot.wire.system;

import org.jspecify.annotations.NullMarked;
