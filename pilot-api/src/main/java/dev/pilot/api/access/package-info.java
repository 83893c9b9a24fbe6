/** Who is asking: callers, users, tokens, sessions; the port {@code SecretRedactor}. */
@NullMarked
package dev.pilot.api.access;

import org.jspecify.annotations.NullMarked;
