/** What runs may do. */
@NullMarked
package dev.pilot.core.run;

import org.jspecify.annotations.NullMarked;
