@NullMarked
package dev.pilot.http.call;

import org.jspecify.annotations.NullMarked;
