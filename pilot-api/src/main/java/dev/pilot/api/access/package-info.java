/** Who is asking; the port {@code SecretRedactor}. */
@NullMarked
package dev.pilot.api.access;

import org.jspecify.annotations.NullMarked;
