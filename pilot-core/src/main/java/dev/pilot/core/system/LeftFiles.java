package dev.pilot.core.system;

import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes files that nobody needs any more: those of deleted runs, and the workspaces of attempts that a crash has cut short. */
public final class LeftFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LeftFiles.class);
    private static final int MOST_LEASED = 10_000;

    private final HubContext hub;

    /**
     * Makes it.
     *
     * @param hub what it stands on
     */
    public LeftFiles(HubContext hub) {
        this.hub = hub;
    }

    /**
     * Removes the output and the artifacts of deleted runs. What can't be removed is logged.
     *
     * @param runs the runs
     */
    public void ofDeleted(List<RunId> runs) {
        runs.forEach(run -> remove(hub.data().ofRun(run)));
    }

    /** Removes workspaces in which no attempt works; for the hub's start, before it has workers of its own. */
    public void workspaces() {
        Path all = hub.data().workspaces();
        if (!Files.isDirectory(all)) {
            return;
        }
        try {
            // Looked for before the leases are: what another hub's worker begins meanwhile is not among them.
            List<Path> there = list(all);
            List<Path> attempts = new ArrayList<>();
            for (Path run : there) {
                attempts.addAll(list(run));
            }
            List<Run> leased = hub.store().read(view -> view.runs().leased(MOST_LEASED));
            if (leased.size() == MOST_LEASED) {
                return; // not all of them are known
            }
            Set<Path> used = leased.stream()
                    .map(run -> hub.data().workspace(run.id(), run.attempt()))
                    .collect(Collectors.toSet());
            attempts.stream().filter(attempt -> !used.contains(attempt)).forEach(LeftFiles::remove);
            for (Path run : there) {
                if (list(run).isEmpty()) {
                    Files.deleteIfExists(run);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Not all workspaces that were left behind could be removed: {}", e.getMessage());
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (NotDirectoryException | NoSuchFileException gone) {
            return List.of();
        }
    }

    private static void remove(Path path) {
        try {
            DataDirectory.remove(path);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} is not needed any more, but can't be removed: {}", path, e.getMessage());
        }
    }
}
