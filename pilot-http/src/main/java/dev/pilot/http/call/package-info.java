/** What a route sees of a request and says in answer; no server types. Internal to this module. */
@NullMarked
package dev.pilot.http.call;

import org.jspecify.annotations.NullMarked;
