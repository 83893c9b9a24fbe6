/** The hub over HTTP: {@link PilotClient}. */
@NullMarked
package dev.pilot.client;

import org.jspecify.annotations.NullMarked;
