/** The use-cases of repositories. */
@NullMarked
package dev.pilot.core.repo;

import org.jspecify.annotations.NullMarked;
