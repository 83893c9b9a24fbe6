/** Small values that every area shares: free-form JSON, pages, edits, per-item results. */
@NullMarked
package dev.pilot.api.value;

import org.jspecify.annotations.NullMarked;
