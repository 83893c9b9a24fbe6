/** The routes of agents, runs, workers, events and approvals. Internal to this module. */
@NullMarked
package dev.pilot.http.run;

import org.jspecify.annotations.NullMarked;
