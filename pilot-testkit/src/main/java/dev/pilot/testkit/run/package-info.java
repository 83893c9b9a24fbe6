/** The contracts of the ports that carry out runs and commands, for whoever adapts something to them. */
@NullMarked
package dev.pilot.testkit.run;

import org.jspecify.annotations.NullMarked;
