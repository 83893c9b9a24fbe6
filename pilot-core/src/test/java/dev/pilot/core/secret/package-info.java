@NullMarked
package dev.pilot.core.secret;

import org.jspecify.annotations.NullMarked;
