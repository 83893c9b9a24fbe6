package dev.pilot.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A hub that finds its record of decisions changed leaves word of it, outside of the database. */
final class AuditWord {
    private AuditWord() {}

    static List<Finding> findings(Path root) {
        Path file = root.resolve("audit.fault");
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String found = Files.readString(file).strip();
            return List.of(Finding.fail("audit", found, "see pilot audit verify, and docs/audit.md for what to do"));
        } catch (IOException e) {
            return List.of(Finding.fail("audit", file + ": " + e.getMessage(), "make it readable"));
        }
    }
}
