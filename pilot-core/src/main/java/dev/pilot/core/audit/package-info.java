/** The record of decisions: taking it in, showing it, sealing it, checking it. */
@NullMarked
package dev.pilot.core.audit;

import org.jspecify.annotations.NullMarked;
