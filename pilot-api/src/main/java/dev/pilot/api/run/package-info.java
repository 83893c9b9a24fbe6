/** Agent profiles, runs, events, approvals, artifacts, workers; the port {@code RunnerAdapter}. */
@NullMarked
package dev.pilot.api.run;

import org.jspecify.annotations.NullMarked;
