/** Users, tokens, log-in and the record of decisions of a hub elsewhere. */
@NullMarked
package dev.pilot.client.access;

import org.jspecify.annotations.NullMarked;
