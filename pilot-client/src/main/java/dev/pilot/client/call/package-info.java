/** What every area's calls have in common: a request, its sending, when it may be sent again. */
@NullMarked
package dev.pilot.client.call;

import org.jspecify.annotations.NullMarked;
