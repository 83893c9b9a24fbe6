/** Server-sent events and WebSockets: frames, back-pressure, heartbeats. Internal to this module. */
@NullMarked
package dev.pilot.http.stream;

import org.jspecify.annotations.NullMarked;
