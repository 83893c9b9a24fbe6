@NullMarked
package dev.pilot.http.guard;

import org.jspecify.annotations.NullMarked;
