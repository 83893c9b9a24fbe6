/** Projects and tasks over HTTP. */
@NullMarked
package dev.pilot.client.project;

import org.jspecify.annotations.NullMarked;
