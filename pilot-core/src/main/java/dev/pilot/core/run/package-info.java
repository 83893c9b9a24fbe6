/** The use-cases of runs: making them, moving them, deciding about them, handing them out, taking reports. */
@NullMarked
package dev.pilot.core.run;

import org.jspecify.annotations.NullMarked;
