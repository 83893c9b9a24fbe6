/** What becomes of an audit log that somebody tampers with, and of one that grows. */
@NullMarked
package dev.pilot.e2e.audit;

import org.jspecify.annotations.NullMarked;
