package dev.pilot.server;

import dev.pilot.core.config.Environment;
import dev.pilot.core.config.Settings;
import dev.pilot.core.config.Surroundings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server's settings a command reads, as {@code serve} would. */
final class SettingsOptions {
    private static final Path DEFAULT_FILE = Path.of("pilot.properties");

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

    @Option(names = "--set", paramLabel = "<key=value>", description = "Any other setting.")
    private Map<String, String> more = Map.of();

    boolean isDataDirGiven() {
        return dataDir != null;
    }

    static Surroundings around() {
        return Surroundings.read(Environment.variables());
    }

    ServerSettings read(Surroundings around) {
        Map<String, String> flags = new HashMap<>(more);
        if (dataDir != null) {
            flags.put("data.dir", dataDir);
        }
        Path from = file == null && Files.exists(DEFAULT_FILE) ? DEFAULT_FILE : file;
        return ServerSettings.from(Settings.load(from, around.variables(), flags), around);
    }
}
