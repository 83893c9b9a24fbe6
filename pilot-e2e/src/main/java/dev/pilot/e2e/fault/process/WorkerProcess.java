package dev.pilot.e2e.fault.process;

import dev.pilot.api.id.WorkerId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker in a process of its own, with one slot. */
public final class WorkerProcess implements AutoCloseable {
    private final JavaProcess process;

    private WorkerProcess(JavaProcess process) {
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param hub where its hub is
     * @param token what it shows there
     * @param id who it is
     * @param directory where it keeps what is its own; the same again is the same worker, started again
     * @param lease how long it holds a run without being heard of
     * @return the worker
     * @throws IOException if it can't be started
     */
    public static WorkerProcess start(URI hub, String token, WorkerId id, Path directory, Duration lease)
            throws IOException {
        List<String> arguments =
                List.of(hub.toString(), token, id.value(), directory.toString(), Long.toString(lease.toMillis()));
        Path log = directory.resolveSibling(directory.getFileName() + ".log");
        return new WorkerProcess(JavaProcess.start(log, WorkerMain.class.getName(), arguments));
    }

    /**
     * Ends it at once (kill -9); what it has started lives on.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /**
     * Has it stand still (SIGSTOP); what it has started goes on.
     *
     * @throws IOException if there is no such process
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void pause() throws IOException, InterruptedException {
        process.signal("STOP");
    }

    /**
     * Lets it go on as if no time had passed (SIGCONT).
     *
     * @throws IOException if there is no such process
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void resume() throws IOException, InterruptedException {
        process.signal("CONT");
    }

    /** Ends it as an operator would: what runs goes back to the queue. */
    @Override
    public void close() {
        process.end();
    }
}
