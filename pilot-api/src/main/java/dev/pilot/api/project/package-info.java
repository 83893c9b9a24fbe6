/** Projects, tasks, their dependency graph and statistics. */
@NullMarked
package dev.pilot.api.project;

import org.jspecify.annotations.NullMarked;
