@NullMarked
package dev.pilot.wire;

import org.jspecify.annotations.NullMarked;
