/** Who comes in, and as whom: users, tokens, log-in, the door. */
@NullMarked
package dev.pilot.core.account;

import org.jspecify.annotations.NullMarked;
