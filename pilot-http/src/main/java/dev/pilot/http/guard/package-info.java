/** Who may come how often, from where and over what; sessions of browsers. Its records are set in {@code HttpConfig}. */
@NullMarked
package dev.pilot.http.guard;

import org.jspecify.annotations.NullMarked;
