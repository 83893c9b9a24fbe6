/**
 * Runs commands as processes of this machine. {@code run} holds what the hub sees, the ports' implementations; {@code child} what
 * they stand on: starting a process, reading what it prints, and ending it with all that it started.
 */
@NullMarked
package dev.pilot.runner.process;

import org.jspecify.annotations.NullMarked;
