/** Asking people for decisions, about whatever it is. */
@NullMarked
package dev.pilot.core.approval;

import org.jspecify.annotations.NullMarked;
