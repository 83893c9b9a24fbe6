/** The testkit's own tools, tested. */
@NullMarked
package dev.pilot.testkit;

import org.jspecify.annotations.NullMarked;
