/** Rules and faults of the whole house, tested with every module on one class path. */
@NullMarked
package dev.pilot.e2e;

import org.jspecify.annotations.NullMarked;
