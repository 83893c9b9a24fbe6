package dev.pilot.api.repo;

import dev.pilot.api.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/**
 * What a diff does to one file.
 *
 * @param path its path; after the change, unless it is deleted
 * @param oldPath its path before, where it was renamed; or null
 * @param kind what happened to it
 * @param added lines added
 * @param removed lines removed
 * @param binary whether it is not text, so that lines don't count
 */
public record FileChange(
        String path, @Nullable String oldPath, ChangeKind kind, int added, int removed, boolean binary) {
    /**
     * Fills in the defaults and checks what must be there.
     *
     * @throws InvalidInput if a required field is absent or a value is out of range
     */
    public FileChange {
        InvalidInput.required(path, "path");
        InvalidInput.required(kind, "kind");
    }
}
