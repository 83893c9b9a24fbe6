/** Agents, runs, approvals, events and the worker's side over HTTP. */
@NullMarked
package dev.pilot.client.run;

import org.jspecify.annotations.NullMarked;
