package dev.pilot.server.demo;

import dev.pilot.api.id.WorkerId;
import dev.pilot.api.repo.Repo;
import dev.pilot.core.PilotHub;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.worker.WorkerConfig;
import dev.pilot.http.HttpConfig;
import dev.pilot.http.PilotServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A hub in a directory of its own, which is gone when the demo ends, however it ends. */
final class DemoHub implements AutoCloseable {
    private final PilotHub hub;
    private final Path directory;
    private final boolean keep;
    private volatile @Nullable PilotServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DemoHub(PilotHub hub, Path directory, boolean keep) {
        this.hub = hub;
        this.directory = directory;
        this.keep = keep;
    }

    static DemoHub open(boolean keep) throws IOException {
        Path directory = Files.createTempDirectory("pilot-demo-");
        PilotHub hub = PilotHub.open(PilotConfig.builder(directory).build());
        DemoHub opened = new DemoHub(hub, directory, keep);
        Runtime.getRuntime().addShutdownHook(new Thread(opened::close, "pilot-demo-end"));
        return opened;
    }

    PilotHub pilot() {
        return hub;
    }

    Path directory() {
        return directory;
    }

    boolean isKept() {
        return keep;
    }

    /** The hub's own copy of a repository. */
    Path copyOf(Repo repo) {
        return hub.data().repo(repo.slug());
    }

    void startWorker() {
        hub.startWorker(WorkerConfig.of(new WorkerId("wrk_demo"), hub.data().root()));
    }

    /** Begins to serve, so that others can decide; it ends with the hub. */
    URI open() {
        PilotServer serving = server;
        if (serving == null) {
            serving = PilotServer.start(hub.door(), HttpConfig.builder().port(0).build());
            server = serving;
        }
        return serving.uri();
    }

    Path tokenFile() {
        return directory.resolve("admin.token");
    }

    /** Serves until the program is interrupted. */
    void serve(Screen screen) throws InterruptedException {
        screen.line("");
        screen.line(screen.colours().bold("The hub serves at " + open()) + " until you interrupt it.");
        screen.line("  admin token  in " + tokenFile());
        screen.line("  data         " + directory + " (kept)");
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        PilotServer serving = server;
        if (serving != null) {
            serving.close();
        }
        hub.close();
        if (!keep) {
            delete();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> inside = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's directory " + directory + " could not be removed.", e);
        }
    }
}
