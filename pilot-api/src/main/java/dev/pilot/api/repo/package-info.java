/** Repositories; the port {@code VcsSync}. */
@NullMarked
package dev.pilot.api.repo;

import org.jspecify.annotations.NullMarked;
