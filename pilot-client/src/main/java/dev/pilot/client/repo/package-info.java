/** Repositories over HTTP. */
@NullMarked
package dev.pilot.client.repo;

import org.jspecify.annotations.NullMarked;
