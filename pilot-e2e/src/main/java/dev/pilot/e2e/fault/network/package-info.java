/** The wire between hubs, workers and followers, cut again and again. */
@NullMarked
package dev.pilot.e2e.fault.network;

import org.jspecify.annotations.NullMarked;
