package dev.pilot.runner.process.child;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.runner.process.child.ProcessTable.Entry;
import dev.pilot.runner.process.child.Program.NotRunnable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts children and knows those that run. Threads may share it. Making one ends the orphans in its state directory. */
public final class ChildProcesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);

    private final SecretRedactor redactor;
    private final ChildLimits limits;
    private final Launcher launcher;
    private final ProcessTable table = ProcessTable.ofThisMachine();
    private final @Nullable ChildRecords records;
    private final Set<ChildProcess> running = ConcurrentHashMap.newKeySet();
    /** Starting holds it shared and closing alone, so that nothing starts behind a closing back. */
    private final ReadWriteLock door = new ReentrantReadWriteLock();

    private boolean closed;

    /**
     * Makes one.
     *
     * @param redactor redacts what children print
     * @param own this process's own variables; children get none of them unasked
     * @param stateDirectory where to note what runs, in case this process is killed; or null to note nothing
     * @param limits how patient to be
     * @throws dev.pilot.api.error.Unavailable if the state directory can't be read or written
     */
    public ChildProcesses(
            SecretRedactor redactor, Map<String, String> own, @Nullable Path stateDirectory, ChildLimits limits) {
        this.redactor = requireNonNull(redactor, "redactor");
        this.limits = requireNonNull(limits, "limits");
        launcher = new Launcher(own);
        records = stateDirectory == null ? null : new ChildRecords(stateDirectory, table);
        if (stateDirectory != null) {
            reapOrphans(new OrphanReaper(stateDirectory, table));
        }
    }

    private static void reapOrphans(OrphanReaper reaper) {
        try {
            reaper.reap();
        } catch (InterruptedException e) {
            // what was not reached keeps its file, for the next one to find
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts a child. It is no exception if that fails: the result says so.
     *
     * @param spec what to start
     * @param output takes what it prints; called by threads of its own, and never after the result is complete
     * @return the child
     */
    public Work start(ChildSpec spec, ChildOutput output) {
        door.readLock().lock();
        try {
            return closed ? new Ended(End.NOT_STARTED, "the runner is closed") : launch(spec, output);
        } catch (NotRunnable e) {
            return new Ended(End.NOT_STARTED, String.valueOf(e.getMessage()));
        } catch (PilotException e) {
            LOG.warn("{} could not be started", spec.label(), e);
            return new Ended(End.BROKEN, redactor.redact(String.valueOf(e.getMessage())));
        } finally {
            door.readLock().unlock();
        }
    }

    private Work launch(ChildSpec spec, ChildOutput output) throws NotRunnable {
        Cookie cookie = Cookie.bake(spec.label());
        ChildRecords.Open kept = records == null ? null : records.keep(cookie);
        Process process;
        try {
            process = launcher.launch(spec, cookie);
        } catch (NotRunnable | RuntimeException | Error e) {
            close(kept);
            throw e;
        }
        Entry entry = table.find(process.pid());
        ProcessTree tree = new ProcessTree(table, cookie, entry);
        ChildProcess child = new ChildProcess(spec, limits, redactor, process, tree, ended -> {
            running.remove(ended);
            close(kept);
        });
        try {
            if (kept != null) {
                kept.started(entry);
            }
            running.add(child);
            child.begin(output);
        } catch (RuntimeException | Error e) {
            process.toHandle().destroyForcibly();
            running.remove(child);
            close(kept);
            throw e;
        }
        return child;
    }

    private static void close(ChildRecords.@Nullable Open kept) {
        if (kept != null) {
            kept.close();
        }
    }

    /** Cancels all that runs, politely and then firmly, and waits for its end. Nothing can be started afterwards. */
    @Override
    public void close() {
        door.writeLock().lock();
        closed = true;
        door.writeLock().unlock();
        running.forEach(
                child -> child.stop(End.CANCELLED, "was cancelled, since its runner was closed", limits.grace()));
        running.forEach(ChildProcess::join);
    }
}
