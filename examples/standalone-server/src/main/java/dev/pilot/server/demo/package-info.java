/** {@code ./pilot demo}: one real run on a real repository, watched from its start to its merge. */
@NullMarked
package dev.pilot.server.demo;

import org.jspecify.annotations.NullMarked;
