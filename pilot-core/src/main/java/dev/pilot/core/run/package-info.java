/** The use-cases of runs: the state machine, approvals, events, output; the worker. */
@NullMarked
package dev.pilot.core.run;

import org.jspecify.annotations.NullMarked;
