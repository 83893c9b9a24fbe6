/** What both ends of the wire share: the JSON form of the api records, the error body and the table of routes. */
@NullMarked
package dev.pilot.wire;

import org.jspecify.annotations.NullMarked;
