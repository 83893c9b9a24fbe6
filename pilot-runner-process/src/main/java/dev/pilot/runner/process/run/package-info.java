/** Runs and commands as processes: the ports {@code RunnerAdapter} and {@code CommandRunner}. */
@NullMarked
package dev.pilot.runner.process.run;

import org.jspecify.annotations.NullMarked;
