/** The table of routes: the server serves it, the client calls it, and the OpenAPI document is made of it. */
@NullMarked
package dev.pilot.wire.route;

import org.jspecify.annotations.NullMarked;
