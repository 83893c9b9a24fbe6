@NullMarked
package dev.pilot.core.audit;

import org.jspecify.annotations.NullMarked;
