package dev.pilot.runner.process.child;

import static java.util.Objects.requireNonNull;

import dev.pilot.runner.process.child.ChildRecords.Kept;
import dev.pilot.runner.process.child.ProcessTable.Entry;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a killed process of Pilot left running. Each running child has a file in the state directory; a file whose writer lives
 * no more names an orphan. Numbers are never trusted alone: the writer is known by its start time, the orphan by its cookie.
 */
public final class OrphanReaper {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

    private final ProcessTable table;
    private final ChildRecords records;

    /**
     * Makes one.
     *
     * @param stateDirectory where the files are; it need not exist
     */
    public OrphanReaper(Path stateDirectory) {
        this(stateDirectory, ProcessTable.ofThisMachine());
    }

    OrphanReaper(Path stateDirectory, ProcessTable table) {
        this.table = table;
        this.records = new ChildRecords(requireNonNull(stateDirectory, "stateDirectory"), table);
    }

    /**
     * Ends all orphans at once, firmly, and removes their files. Files of processes that live are left alone, so several may share
     * the directory.
     *
     * @return how many processes were ended
     * @throws dev.pilot.api.error.Unavailable if the directory can't be read or written
     * @throws InterruptedException if the thread was interrupted
     */
    public int reap() throws InterruptedException {
        int ended = 0;
        for (Kept kept : records.orphaned()) {
            ProcessTree tree = new ProcessTree(table, kept.cookie(), child(kept));
            int found = tree.living().size();
            List<Entry> survivors = tree.kill();
            if (survivors.isEmpty()) {
                ChildRecords.delete(kept.file());
            }
            ended += found - survivors.size();
            LOG.info(
                    "of {}, left by process {}: found {}, ended {}",
                    kept.cookie().value(),
                    kept.owner(),
                    found,
                    found - survivors.size());
        }
        return ended;
    }

    /** The child, if it is still the same process. */
    private @Nullable Entry child(Kept kept) {
        Entry now = kept.child() == 0 ? null : table.find(kept.child());
        return now != null && now.start() == kept.childStart() ? now : null;
    }
}
