/** Bodies about runs, their workers and events where they aren't one record of the api. */
@NullMarked
package dev.pilot.wire.run;

import org.jspecify.annotations.NullMarked;
