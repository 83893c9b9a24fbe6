/** {@code pilot doctor}: what is well, what is not, and what to do. */
@NullMarked
package dev.pilot.server.doctor;

import org.jspecify.annotations.NullMarked;
