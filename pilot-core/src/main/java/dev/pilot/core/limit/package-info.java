/** How much runs may use and how many may be at work: quotas, budgets that runs share, the book of what is used. */
@NullMarked
package dev.pilot.core.limit;

import org.jspecify.annotations.NullMarked;
