package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import java.util.List;

/**
 * The difference between two commits.
 *
 * @param unified a unified diff as git writes it; not to be changed
 * @param files what it does to each file
 */
public record Diff(byte[] unified, List<FileChange> files) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public Diff {
        InvalidInput.required(unified, "unified");
        files = files == null ? List.of() : List.copyOf(files);
    }

    /**
     * How many lines change.
     *
     * @return lines added plus lines removed
     */
    public long lines() {
        return files.stream()
                .mapToLong(file -> (long) file.added() + file.removed())
                .sum();
    }
}
