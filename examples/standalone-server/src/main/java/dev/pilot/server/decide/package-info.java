/** What people decide from the command line: the inbox, yes and no. */
@NullMarked
package dev.pilot.server.decide;

import org.jspecify.annotations.NullMarked;
