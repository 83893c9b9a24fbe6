@NullMarked
package dev.pilot.wire.route;

import org.jspecify.annotations.NullMarked;
