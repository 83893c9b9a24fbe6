/** Workers that are killed, stand still, lose their answers or have another idea of the time. */
@NullMarked
package dev.pilot.e2e.fault.worker;

import org.jspecify.annotations.NullMarked;
