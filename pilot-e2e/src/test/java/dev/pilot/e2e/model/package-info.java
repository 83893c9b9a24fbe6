/** Runs, held against a plain model of them. */
@NullMarked
package dev.pilot.e2e.model;

import org.jspecify.annotations.NullMarked;
