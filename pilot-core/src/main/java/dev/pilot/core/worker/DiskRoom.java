package dev.pilot.core.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether there is room for another run where workspaces lie; says so once each time that changes. For one thread. */
final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int MEGABYTE = 20;

    private final Path directory;
    private final long least;
    private boolean full;

    DiskRoom(Path directory, long least) {
        this.directory = directory;
        this.least = least;
    }

    boolean isEnough() {
        long room;
        try {
            room = Files.getFileStore(directory).getUsableSpace();
        } catch (IOException unknown) {
            LOG.debug("nobody knows how much room there is in {}", directory, unknown);
            return true; // whatever is wrong, the run that meets it says so
        }
        boolean enough = room >= least;
        if (full == enough) {
            full = !enough;
            if (enough) {
                LOG.info("There is room in {} again: runs are taken.", directory);
            } else {
                LOG.warn(
                        "Only {} MiB are left in {}, {} at least are asked for: no runs are taken until there is room.",
                        room >> MEGABYTE,
                        directory,
                        least >> MEGABYTE);
            }
        }
        return enough;
    }
}
