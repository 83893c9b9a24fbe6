/** What every {@link dev.pilot.api.store.ProjectStore} promises: an adapter's test extends {@code ProjectStoreContract}. */
@NullMarked
package dev.pilot.testkit.store;

import org.jspecify.annotations.NullMarked;
