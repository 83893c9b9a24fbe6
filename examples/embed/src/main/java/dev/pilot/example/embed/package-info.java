/** The hub inside a program of one's own. */
@NullMarked
package dev.pilot.example.embed;

import org.jspecify.annotations.NullMarked;
