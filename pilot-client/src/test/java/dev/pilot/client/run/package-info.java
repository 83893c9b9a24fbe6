@NullMarked
package dev.pilot.client.run;

import org.jspecify.annotations.NullMarked;
