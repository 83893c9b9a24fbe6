package dev.pilot.server;

import dev.pilot.api.value.Json;
import dev.pilot.core.config.Environment;
import dev.pilot.core.config.Settings;
import dev.pilot.core.config.Surroundings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a hub until the program is asked to end. */
@Command(
        name = "serve",
        description = "Serves a hub over HTTP, with a worker inside.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Settings are read from pilot.properties, then from PILOT_ variables, then from these",
            "options: --data-dir is data.dir in the file and PILOT_DATA_DIR in the environment.",
            "SIGTERM and SIGINT end it gracefully, with exit code 0: runs go back to the queue."
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final Path DEFAULT_FILE = Path.of("pilot.properties");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "<file>",
            description = "A properties file. Default: pilot.properties, if it is there.")
    private @Nullable Path file;

    @Option(
            names = "--data-dir",
            paramLabel = "<dir>",
            description = "Where everything lies that the instance is. Default: data.")
    private @Nullable String dataDir;

    @Option(names = "--host", paramLabel = "<address>", description = "The address to listen on. Default: 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "<port>", description = "The port; 0 for any that is free. Default: 7878.")
    private @Nullable String port;

    @Option(
            names = "--worker-slots",
            paramLabel = "<n>",
            description = "How many runs the worker inside takes at once; 0 for no worker. Default: 2.")
    private @Nullable String slots;

    @Option(names = "--log-level", paramLabel = "<level>", description = "error, warn, info or debug. Default: info.")
    private @Nullable String level;

    @Option(names = "--set", paramLabel = "<key=value>", description = "Any other setting.")
    private Map<String, String> more = Map.of();

    @Option(names = "--json", description = "Say where it serves as one line of JSON.")
    private boolean json;

    @SuppressWarnings("NullAway") // picocli sets it
    ServeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Surroundings around = Surroundings.read(Environment.variables());
        ServerSettings settings =
                ServerSettings.from(Settings.load(settingsFile(), around.variables(), flags()), around);
        Logging.level(settings.logLevel());
        around.warnings().forEach(LOG::warn);
        CountDownLatch ended = new CountDownLatch(1);
        StandaloneServer server = StandaloneServer.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, ended), "pilot-shutdown"));
        announce(server);
        ended.await();
        return 0;
    }

    /** A signal's exit code would say that the program was killed; it ended as it should. */
    private static void end(StandaloneServer server, CountDownLatch ended) {
        LOG.info("Ending: what runs goes back to the queue.");
        int code = 0;
        try {
            server.close();
            LOG.info("Ended.");
        } catch (RuntimeException failure) {
            LOG.error("Not everything could be closed.", failure);
            code = 1;
        }
        ended.countDown();
        Runtime.getRuntime().halt(code);
    }

    private void announce(StandaloneServer server) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(
                    "url", server.uri().toString(),
                    "dataDirectory", server.dataDirectory().toString(),
                    "adminTokenFile", server.tokenFile().toString()));
        } else {
            out.println("Pilot serves at " + server.uri());
            out.println("  data         " + server.dataDirectory());
            out.println("  admin token  " + server.tokenHint());
        }
        out.flush();
    }

    private @Nullable Path settingsFile() {
        if (file != null) {
            return file;
        }
        return Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : null;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>(more);
        put(flags, "data.dir", dataDir);
        put(flags, "host", host);
        put(flags, "port", port);
        put(flags, "worker.slots", slots);
        put(flags, "log.level", level);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
