/** Task graphs that run by themselves, under a hub that is killed. */
@NullMarked
package dev.pilot.e2e.fault.graph;

import org.jspecify.annotations.NullMarked;
