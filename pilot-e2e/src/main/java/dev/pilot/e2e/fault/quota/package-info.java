/** Quotas, and many who claim at the same moment. */
@NullMarked
package dev.pilot.e2e.fault.quota;

import org.jspecify.annotations.NullMarked;
