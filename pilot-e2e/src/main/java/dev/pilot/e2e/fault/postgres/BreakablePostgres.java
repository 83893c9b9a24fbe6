package dev.pilot.e2e.fault.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Postgres of its own, with its data in a directory and always at the same port, that is killed and started again. */
final class BreakablePostgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;

    BreakablePostgres(Path data) throws IOException {
        this.data = data;
        this.server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Has it stop at once, without a checkpoint: it has to recover when it starts (SIGQUIT, as {@code stop -m immediate} sends). */
    void stopImmediately() throws IOException, InterruptedException {
        ProcessHandle main = main();
        if (new ProcessBuilder("kill", "-QUIT", Long.toString(main.pid()))
                        .inheritIO()
                        .start()
                        .waitFor()
                != 0) {
            throw new IllegalStateException("Postgres " + main.pid() + " can't be stopped");
        }
        main.onExit().join();
    }

    /** Kills all of its processes at once (kill -9). */
    void kill() throws IOException {
        ProcessHandle main = main();
        List<ProcessHandle> children = main.descendants().toList();
        main.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        main.onExit().join();
        children.forEach(child -> child.onExit().join());
    }

    /** Kills one of the processes that serve connections; the server has ended all of them when this returns, and recovers by itself. */
    void killOneConnection() throws IOException {
        List<ProcessHandle> children = main().children().toList();
        children.get(children.size() - 1).destroyForcibly();
        children.forEach(child -> child.onExit().join());
    }

    /** Starts it again with what is in its directory; it is left there as the end found it. */
    void startAgain() throws IOException {
        int port = server.getPort();
        server.close(); // gives its lock on the directory free; there is nothing left to stop
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private ProcessHandle main() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("Postgres does not run"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
