/** Contract of {@code VcsSync} and what it takes to test it: run {@link dev.pilot.testkit.repo.VcsSyncContract} on an adapter. */
@NullMarked
package dev.pilot.testkit.repo;

import org.jspecify.annotations.NullMarked;
