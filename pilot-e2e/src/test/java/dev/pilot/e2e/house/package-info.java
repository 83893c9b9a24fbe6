/** The house's rules, as tests: which way the arrows point, and what each room may use. */
@NullMarked
package dev.pilot.e2e.house;

import org.jspecify.annotations.NullMarked;
