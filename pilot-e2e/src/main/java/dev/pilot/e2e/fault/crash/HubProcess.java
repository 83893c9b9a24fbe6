package dev.pilot.e2e.fault.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.value.Json;
import dev.pilot.client.PilotClient;
import dev.pilot.wire.WireCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A standalone hub in a process of its own, as a user would run it, with a worker inside. */
final class HubProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final PilotClient client;

    private HubProcess(Process process, PilotClient client) {
        this.process = process;
        this.client = client;
    }

    /** Starts one and waits until it serves. */
    static HubProcess start(Path dataDirectory, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pilot.server.Main",
                "serve",
                "--json",
                "--port=0",
                "--data-dir=" + dataDirectory));
        command.addAll(List.of("--set=worker.lease=2s", "--set=sweep.every=200ms"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // Not closed: that would close the process's output. It prints nothing else.
        BufferedReader output = process.inputReader(UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("the hub did not start; see " + log + ":\n" + Files.readString(log));
        }
        Json.Obj served = (Json.Obj) WireCodec.parse(line);
        String token = Files.readString(Path.of(text(served, "adminTokenFile"))).strip();
        return new HubProcess(
                process,
                PilotClient.builder(URI.create(text(served, "url")), token)
                        .retries(0)
                        .build());
    }

    private static String text(Json.Obj served, String name) {
        if (served.get(name) instanceof Json.Str text) {
            return text.value();
        }
        throw new IllegalStateException("the hub announced no " + name + ": " + served);
    }

    PilotClient client() {
        return client;
    }

    /** Ends it at once, as a power cut would for the process (kill -9). */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.close();
    }

    /** Ends it as an operator would. */
    @Override
    public void close() {
        client.close();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
