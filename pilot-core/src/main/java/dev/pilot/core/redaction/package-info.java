/** The default redactor: known secrets by value, tokens by their shape. */
@NullMarked
package dev.pilot.core.redaction;

import org.jspecify.annotations.NullMarked;
