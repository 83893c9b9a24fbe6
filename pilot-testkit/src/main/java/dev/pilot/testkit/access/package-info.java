/** What tests need of access: a redactor that knows literal values. */
@NullMarked
package dev.pilot.testkit.access;

import org.jspecify.annotations.NullMarked;
