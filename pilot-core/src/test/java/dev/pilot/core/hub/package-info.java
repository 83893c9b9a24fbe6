/** The hub in process, held against the contract that every way in must keep. */
@NullMarked
package dev.pilot.core.hub;

import org.jspecify.annotations.NullMarked;
