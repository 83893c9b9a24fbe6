package dev.pilot.core.audit;

import dev.pilot.api.access.AuditFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once that the hub seals or prunes no more since the log is not what it wrote: in the hub's own log, and in a file outside of the
 * database that lies there as long as it is so. For one thread at a time.
 */
final class Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final Path file;
    private @Nullable AuditFinding told;

    Alarm(Path file) {
        this.file = file;
    }

    void tell(@Nullable AuditFinding wrong) {
        boolean isNew = wrong != null && !wrong.equals(told);
        told = wrong;
        if (wrong != null && isNew) {
            LOG.error(
                    "The audit log is not what this hub wrote: {} It is neither sealed behind that nor pruned any more; pilot audit"
                            + " verify says more, docs/audit.md what to do.",
                    wrong.message());
        }
        try {
            if (wrong == null) {
                Files.deleteIfExists(file);
            } else if (isNew || !Files.exists(file)) {
                Files.writeString(file, wrong.message() + "\n");
            }
        } catch (IOException e) {
            LOG.warn("The file {} could not be brought up to date.", file, e);
        }
    }
}
