package dev.pilot.e2e.fault.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.value.Json;
import dev.pilot.client.PilotClient;
import dev.pilot.e2e.fault.Engine;
import dev.pilot.wire.WireCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A standalone hub in a process of its own, as a user would run it. */
public final class HubProcess implements AutoCloseable {
    private final JavaProcess process;
    private final URI uri;
    private final PilotClient client;

    private HubProcess(JavaProcess process, URI uri, PilotClient client) {
        this.process = process;
        this.uri = uri;
        this.client = client;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param engine what keeps its records
     * @param dataDirectory where its files lie
     * @param log gets what it logs
     * @param settings what is not as usual
     * @return the hub
     * @throws IOException if it can't be started
     */
    public static HubProcess start(Engine engine, Path dataDirectory, Path log, Map<String, String> settings)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--json", "--port=0", "--data-dir=" + dataDirectory));
        String store = engine.storeUrl(dataDirectory);
        if (store != null) {
            arguments.add("--set=store.url=" + store);
        }
        settings.forEach((key, value) -> arguments.add("--set=" + key + "=" + value));
        JavaProcess process = JavaProcess.start(log, "dev.pilot.server.Main", arguments);
        // Not closed: that would close the process's output. It prints nothing else.
        BufferedReader output = process.process().inputReader(UTF_8);
        String line = output.readLine();
        if (line == null) {
            throw new IllegalStateException("the hub did not start; see " + log + ":\n" + Files.readString(log));
        }
        Json.Obj served = (Json.Obj) WireCodec.parse(line);
        String token = Files.readString(Path.of(text(served, "adminTokenFile"))).strip();
        URI uri = URI.create(text(served, "url"));
        return new HubProcess(
                process, uri, PilotClient.builder(uri, token).retries(0).build());
    }

    private static String text(Json.Obj served, String name) {
        String text = served.text(name);
        if (text == null) {
            throw new IllegalStateException("the hub announced no " + name + ": " + served);
        }
        return text;
    }

    /**
     * Where it serves.
     *
     * @return its address
     */
    public URI uri() {
        return uri;
    }

    /**
     * Its admin, who tries nothing twice.
     *
     * @return a client, closed with the process
     */
    public PilotClient client() {
        return client;
    }

    /**
     * Ends it at once, as a power cut would for the process (kill -9).
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void kill() throws InterruptedException {
        process.kill();
        client.close();
    }

    /** Ends it as an operator would. */
    @Override
    public void close() {
        client.close();
        process.end();
    }
}
