/** Bodies about projects where they aren't one record of the api. */
@NullMarked
package dev.pilot.wire.project;

import org.jspecify.annotations.NullMarked;
