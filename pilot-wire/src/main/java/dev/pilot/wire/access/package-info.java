/** What is sent about users and sessions besides the api's records. */
@NullMarked
package dev.pilot.wire.access;

import org.jspecify.annotations.NullMarked;
