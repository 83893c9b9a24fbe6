/**
 * The contract of a hub as its callers see it, for every way in: whoever implements {@code Pilot} extends {@link PilotContract} with
 * a {@link PilotFixture} and nothing else.
 */
@NullMarked
package dev.pilot.testkit.hub;

import org.jspecify.annotations.NullMarked;
