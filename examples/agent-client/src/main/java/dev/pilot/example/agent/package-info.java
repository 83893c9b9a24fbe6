/** An agent outside the hub that reports its own work. */
@NullMarked
package dev.pilot.example.agent;

import org.jspecify.annotations.NullMarked;
