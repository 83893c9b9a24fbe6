package dev.pilot.core.audit;

import dev.pilot.api.error.Unavailable;
import dev.pilot.api.store.AuditAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The newest anchor once more, outside of the database: whoever takes the newest records and their anchors out of it can't take them out of
 * here.
 */
final class HeadFile {
    private final Path file;

    HeadFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /**
     * Reads it.
     *
     * @return the anchor, if there is one; one that is no anchor at all has a seal that nobody made
     */
    Optional<AuditAnchor> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] parts = Files.readString(file).strip().split(" ", -1);
            if (parts.length != 4) {
                return Optional.of(nobodys());
            }
            return Optional.of(
                    new AuditAnchor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2], false, parts[3]));
        } catch (NumberFormatException garbled) {
            return Optional.of(nobodys());
        } catch (IOException e) {
            throw unavailable("read", e);
        }
    }

    private static AuditAnchor nobodys() {
        return new AuditAnchor(0, 0, "", false, "");
    }

    /** Replaces it, whole or not at all. */
    void write(AuditAnchor anchor) {
        try {
            Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "audit", ".head");
            Files.writeString(
                    made, anchor.sequence() + " " + anchor.at() + " " + anchor.hash() + " " + anchor.seal() + "\n");
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unavailable("written", e);
        }
    }

    private Unavailable unavailable(String what, IOException why) {
        return new Unavailable("audit-head", "The file " + file + " can't be " + what + ": " + why.getMessage(), why);
    }
}
