/** The routes of repositories. Internal to this module. */
@NullMarked
package dev.pilot.http.repo;

import org.jspecify.annotations.NullMarked;
