package dev.pilot.server.doctor;

import dev.pilot.api.error.PilotException;
import dev.pilot.api.store.StoreConfig;
import dev.pilot.api.store.StoreProvider;
import dev.pilot.api.store.StoreState;
import dev.pilot.core.config.PilotConfig;
import dev.pilot.core.config.Surroundings;
import dev.pilot.core.secret.KeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at what a server with these settings would stand on. It changes nothing, and a server may be running. */
public final class Examination {
    private static final int JAVA = 17;
    private static final long MEGABYTE = 1 << 20;
    private static final long LITTLE_DISK = 1_024 * MEGABYTE;
    private static final long NO_DISK = 100 * MEGABYTE;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PilotConfig config;
    private final Surroundings around;
    private final String host;
    private final int port;

    /**
     * Makes one.
     *
     * @param config how the hub is set up
     * @param around where that comes from
     * @param host the address that the server is to listen on
     * @param port the port, 0 for any
     */
    public Examination(PilotConfig config, Surroundings around, String host, int port) {
        this.config = config;
        this.around = around;
        this.host = host;
        this.port = port;
    }

    /**
     * What doesn't depend on the settings.
     *
     * @return a finding
     */
    public static Finding java() {
        Runtime.Version version = Runtime.version();
        return version.feature() >= JAVA
                ? Finding.ok("java", version.toString())
                : Finding.fail("java", version.toString(), "use a JDK " + JAVA + " or newer");
    }

    /**
     * Looks at everything, one after the other.
     *
     * @return the findings
     */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        around.warnings().forEach(warning -> findings.add(Finding.warn("secrets", warning, "mend its mode")));
        findings.addAll(credentials());
        findings.add(dataDirectory());
        findings.addAll(files());
        findings.add(disk());
        findings.add(database());
        findings.add(git());
        findings.add(port());
        return findings;
    }

    private List<Finding> credentials() {
        List<Finding> findings = new ArrayList<>();
        Path file = root().resolve("admin.token");
        if (config.adminToken() != null) {
            findings.add(Finding.ok("admin token", "is set"));
        } else if (Files.exists(file)) {
            findings.add(Finding.ok("admin token", "lies in " + file));
        } else {
            findings.add(Finding.ok("admin token", "will be made in " + file));
        }
        List<String> tokens = Stream.of(config.adminToken(), config.agentToken(), config.workerToken())
                .filter(Objects::nonNull)
                .toList();
        if (tokens.stream().distinct().count() < tokens.size()) {
            findings.add(Finding.fail(
                    "tokens", "two of the tokens are the same", "give agents and workers tokens of their own"));
        }
        return findings;
    }

    private Path root() {
        return config.dataDirectory().toAbsolutePath().normalize();
    }

    private Finding dataDirectory() {
        Path root = root();
        if (!Files.exists(root)) {
            Path parent = existing(root);
            return Files.isWritable(parent)
                    ? Finding.ok("data directory", root + " will be made")
                    : Finding.fail(
                            "data directory", root + " can't be made", "make it, or set data.dir to another one");
        }
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            return Finding.fail("data directory", root + " can't be written to", "chown it to whom the server runs as");
        }
        try {
            if (isWritableByOthers(root)) {
                return Finding.fail("data directory", root + " can be written to by everybody", "chmod o-w " + root);
            }
        } catch (IOException e) {
            return Finding.fail("data directory", root + ": " + e.getMessage(), "make it readable");
        }
        return Finding.ok("data directory", root.toString());
    }

    private static boolean isWritableByOthers(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Path existing(Path path) {
        Path found = path;
        while (!Files.exists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    /** What nobody else may read. */
    private List<Finding> files() {
        List<Finding> findings = new ArrayList<>();
        for (String name : List.of("admin.token", "audit.key", "sealed.key")) {
            Path file = root().resolve(name);
            if (!Files.exists(file)) {
                continue;
            }
            try {
                findings.add(
                        KeyFile.isOpenToOthers(file)
                                ? Finding.fail(name, file + " can be read by others", "chmod 600 " + file)
                                : Finding.ok(name, "only its owner may read it"));
            } catch (IOException e) {
                findings.add(Finding.fail(name, file + ": " + e.getMessage(), "make it readable"));
            }
        }
        return findings;
    }

    private Finding disk() {
        try {
            long free = Files.getFileStore(existing(root())).getUsableSpace();
            String found = free / MEGABYTE + " MB free";
            if (free < NO_DISK) {
                return Finding.fail("disk", found, "make room: a hub that can't write stands still");
            }
            return free < LITTLE_DISK
                    ? Finding.warn("disk", found, "make room: output and artifacts take much")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.warn("disk", "unknown: " + e.getMessage(), "see for yourself");
        }
    }

    private Finding database() {
        String given = config.storeUrl();
        Path file = root().resolve("control_plane").resolve("pilot.sqlite3");
        if (given == null && !Files.exists(file)) {
            return Finding.ok("database", "will be made in " + file);
        }
        String url = given == null ? "jdbc:sqlite:" + file : given;
        StoreProvider provider = ServiceLoader.load(StoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.accepts(url))
                .findFirst()
                .orElse(null);
        if (provider == null) {
            return Finding.fail("database", "no adapter is there for it", "set store.url to sqlite or postgresql");
        }
        try {
            return state(provider.inspect(new StoreConfig(url, root(), Clock.systemUTC())));
        } catch (PilotException unreachable) {
            return Finding.fail("database", unreachable.getMessage(), "see that it runs, and that store.url is right");
        }
    }

    private static Finding state(StoreState state) {
        String found = state.engine() + " " + state.version() + ", " + state.location() + ", schema "
                + Objects.requireNonNullElse(state.schema(), "none");
        if (state.tooNew()) {
            return Finding.fail("database", found + ", written by a newer Pilot", "use that one");
        }
        return state.pending() > 0
                ? Finding.warn(
                        "database",
                        found + ", " + state.pending() + " migrations to be done",
                        "they are done when a hub opens it: have a backup")
                : Finding.ok("database", found);
    }

    /** The hub itself needs none; agents and the people who look after its copies do. */
    private static Finding git() {
        try {
            Process process = new ProcessBuilder("git", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Finding.warn("git", "does not answer", "see what holds it up");
            }
            return Finding.ok(
                    "git", new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip());
        } catch (IOException absent) {
            return Finding.warn("git", "is not there", "install it: the hub has its own, but agents call it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn("git", "was not looked at", "");
        }
    }

    private Finding port() {
        String address = host + ":" + port;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return Finding.ok("port", address + " is free");
        } catch (IOException taken) {
            return isHub()
                    ? Finding.ok("port", "a hub serves at " + address)
                    : Finding.fail(
                            "port",
                            address + " can't be listened on: " + taken.getMessage(),
                            "end what uses it, or set host and port to what is free");
        }
    }

    private boolean isHub() {
        try {
            HttpResponse<String> health = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/health"))
                                    .timeout(PATIENCE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return health.statusCode() == 200;
        } catch (IOException | IllegalArgumentException notOne) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
