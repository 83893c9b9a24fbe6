/**
 * The agent and the gate that the demo brings along. Each is a program of its own that is started in the run's workspace; nothing of
 * the hub is known to them.
 */
@NullMarked
package dev.pilot.server.demo.bundled;

import org.jspecify.annotations.NullMarked;
