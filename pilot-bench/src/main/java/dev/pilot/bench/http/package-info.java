/** How fast a hub takes events over HTTP. */
@NullMarked
package dev.pilot.bench.http;

import org.jspecify.annotations.NullMarked;
