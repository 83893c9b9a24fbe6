package dev.pilot.api.repo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the copy of a repository's remote stands.
 *
 * @param lastSyncAt when it was last fetched, or null
 * @param lastError why the last fetch failed, or null
 * @param headCommit the default branch's commit, or null
 */
public record RepoSync(
        @Nullable Instant lastSyncAt,
        @Nullable String lastError,
        @Nullable String headCommit) {

    /** Never fetched. */
    public static final RepoSync NEVER = new RepoSync(null, null, null);
}
