/** The use-cases of projects and tasks. */
@NullMarked
package dev.pilot.core.project;

import org.jspecify.annotations.NullMarked;
