/** The hub over HTTP: {@link dev.pilot.http.PilotServer} serves a {@link dev.pilot.api.Door}. */
@NullMarked
package dev.pilot.http;

import org.jspecify.annotations.NullMarked;
