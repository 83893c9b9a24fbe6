/** The use-cases of runs: the state machine, approvals, the queue that workers take from. */
@NullMarked
package dev.pilot.core.run;

import org.jspecify.annotations.NullMarked;
