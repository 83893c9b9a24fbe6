/** What tests of Pilot share: a clock that they move. The contracts are in the packages below, one per port. */
@NullMarked
package dev.pilot.testkit;

import org.jspecify.annotations.NullMarked;
