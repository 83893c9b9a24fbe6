/** The client against a real hub behind a real server, and against servers that do what no real one should. */
@NullMarked
package dev.pilot.client;

import org.jspecify.annotations.NullMarked;
