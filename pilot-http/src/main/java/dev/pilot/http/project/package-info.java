/** The routes of projects, tasks and actions. Internal to this module. */
@NullMarked
package dev.pilot.http.project;

import org.jspecify.annotations.NullMarked;
