/** Fault suites: what the hub promises about durability, held against real processes that are killed. */
@NullMarked
package dev.pilot.e2e.fault;

import org.jspecify.annotations.NullMarked;
