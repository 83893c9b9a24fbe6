/** Followers of events, whose connections are cut. */
@NullMarked
package dev.pilot.e2e.fault.follow;

import org.jspecify.annotations.NullMarked;
