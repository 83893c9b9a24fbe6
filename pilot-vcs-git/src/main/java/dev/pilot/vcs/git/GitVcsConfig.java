package dev.pilot.vcs.git;

import dev.pilot.api.error.InvalidInput;
import java.time.Duration;

/**
 * The limits of a {@link GitVcsSync}.
 *
 * @param networkTimeout how long a remote may stay silent, from 1 s to 1 h; by default 60 s
 * @param maxDiffBytes how much text a diff holds before its remaining files are left out, at least 1,024; by default 10 MiB
 * @param maxDiffFileBytes how big a file may be to be compared line by line, at least 1,024; bigger ones count as binary; by default 5 MiB
 */
public record GitVcsConfig(Duration networkTimeout, int maxDiffBytes, int maxDiffFileBytes) {
    /** What holds where nothing else is said. */
    public static final GitVcsConfig DEFAULT = new GitVcsConfig(Duration.ofSeconds(60), 10 << 20, 5 << 20);

    /**
     * Checks the values.
     *
     * @throws InvalidInput if one is out of range
     */
    public GitVcsConfig {
        InvalidInput.required(networkTimeout, "networkTimeout");
        if (networkTimeout.compareTo(Duration.ofSeconds(1)) < 0 || networkTimeout.compareTo(Duration.ofHours(1)) > 0) {
            throw InvalidInput.of("networkTimeout", "must be from 1 s to 1 h");
        }
        if (maxDiffBytes < 1024) {
            throw InvalidInput.of("maxDiffBytes", "must be at least 1024");
        }
        if (maxDiffFileBytes < 1024) {
            throw InvalidInput.of("maxDiffFileBytes", "must be at least 1024");
        }
    }
}
