/** The worker: claims runs from any {@link dev.pilot.api.Pilot} and carries them out through a runner. */
@NullMarked
package dev.pilot.core.worker;

import org.jspecify.annotations.NullMarked;
