@NullMarked
package dev.pilot.http;

import org.jspecify.annotations.NullMarked;
