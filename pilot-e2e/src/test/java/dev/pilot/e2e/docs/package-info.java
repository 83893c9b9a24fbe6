/** Pages of the docs that are made from the code, and stay what the code says. */
@NullMarked
package dev.pilot.e2e.docs;

import org.jspecify.annotations.NullMarked;
