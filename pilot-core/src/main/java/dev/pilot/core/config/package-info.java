/** Configuration: the one place that reads the environment. */
@NullMarked
package dev.pilot.core.config;

import org.jspecify.annotations.NullMarked;
