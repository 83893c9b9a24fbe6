/** The use-cases of graph runs: what becomes of a project's tasks, run after run. */
@NullMarked
package dev.pilot.core.graph;

import org.jspecify.annotations.NullMarked;
