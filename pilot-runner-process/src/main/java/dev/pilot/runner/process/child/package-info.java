/** A child process with all that it starts: started, read, limited, ended, and found again after a crash of its parent. */
@NullMarked
package dev.pilot.runner.process.child;

import org.jspecify.annotations.NullMarked;
