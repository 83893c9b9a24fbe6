/** What is sent about users, sessions and the record of decisions besides the api's records. */
@NullMarked
package dev.pilot.wire.access;

import org.jspecify.annotations.NullMarked;
