/** How fast and how cheaply events reach many who follow them. */
@NullMarked
package dev.pilot.bench.follow;

import org.jspecify.annotations.NullMarked;
