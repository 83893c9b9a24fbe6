@NullMarked
package dev.pilot.core.account;

import org.jspecify.annotations.NullMarked;
