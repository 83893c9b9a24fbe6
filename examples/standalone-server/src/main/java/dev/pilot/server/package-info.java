/** The hub as a program: the server, and the command line behind {@code ./pilot}. */
@NullMarked
package dev.pilot.server;

import org.jspecify.annotations.NullMarked;
