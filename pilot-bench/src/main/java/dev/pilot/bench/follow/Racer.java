package dev.pilot.bench.follow;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that tells events, as a process of its own, so that its CPU time is its own. It ends with this one. */
final class Racer implements AutoCloseable {
    private static final String SCRIPT = "follow-server.js";

    private final String name;
    private final String path;
    private final Process process;
    private final BufferedReader answers;
    private final int port;

    private Racer(String name, String path, List<String> command) throws IOException {
        this.name = name;
        this.path = path;
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.port = Integer.parseInt(awaited("port "));
    }

    static Racer hub(Path directory) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new Racer(
                "hub",
                "/api/events/stream",
                List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FollowServer.class.getName(),
                        directory.toString()));
    }

    /** Null where there is no Node. */
    static @Nullable Racer node(Path directory) throws IOException {
        if (!hasNode()) {
            return null;
        }
        Path script = directory.resolve(SCRIPT);
        try (InputStream source = Racer.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IOException(SCRIPT + " is not beside its class");
            }
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Racer("node", "/", List.of("node", script.toString()));
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    String path() {
        return path;
    }

    /** Begins to tell events; they come meanwhile. */
    void go(int count) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(("go " + count + "\n").getBytes(StandardCharsets.US_ASCII));
        input.flush();
    }

    void awaitTold() throws IOException {
        String unused = awaited("told");
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private String awaited(String start) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        throw new IOException(name + " ended before it said " + start);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
