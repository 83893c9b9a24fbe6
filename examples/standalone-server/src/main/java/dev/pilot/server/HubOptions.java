package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.client.PilotClient;
import dev.pilot.core.config.Environment;
import dev.pilot.core.config.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hub a command speaks to, and by what it is known there. */
public final class HubOptions {
    /** Where a hub that was started here keeps the token that it made. */
    private static final Path OWN_TOKEN = Path.of("data", "admin.token");

    private static final String HERE = "http://127.0.0.1:7878";

    @Option(
            names = "--hub",
            paramLabel = "<url>",
            description = "Where the hub serves. Default: $PILOT_HUB, else " + HERE + ".")
    private @Nullable String hub;

    @Option(
            names = "--token",
            paramLabel = "<token>",
            description = "A token of the hub's. Default: $PILOT_TOKEN, which others on this machine can't read.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "<file>",
            description = "A file that holds the token. Default: data/admin.token, where it is there.")
    private @Nullable Path tokenFile;

    private Map<String, String> variables = Environment.variables();

    /** Made by the command line. */
    public HubOptions() {}

    /** Goes by what a program was told from outside, not by the environment alone. */
    void goBy(Surroundings around) {
        variables = around.variables();
    }

    /**
     * Speaks to the hub.
     *
     * @return the hub; close it
     */
    public Pilot connect() {
        return PilotClient.connect(address(), token());
    }

    /**
     * The address as it was given.
     *
     * @return the address
     */
    public String shown() {
        return hub == null ? variable("PILOT_HUB").orElse(HERE) : hub;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    URI address() {
        try {
            URI uri = new URI(shown());
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw InvalidInput.of("--hub", "must be like http://host:7878: " + e.getMessage());
        }
        throw InvalidInput.of("--hub", "must be like http://host:7878, but is " + shown());
    }

    String token() {
        Optional<String> given =
                Optional.ofNullable(token).filter(value -> !value.isBlank()).or(() -> variable("PILOT_TOKEN"));
        if (tokenFile == null && given.isPresent()) {
            return given.get();
        }
        Path file = tokenFile == null && Files.isReadable(OWN_TOKEN) ? OWN_TOKEN : tokenFile;
        if (file == null) {
            throw InvalidInput.of("--token", "is missing: give it, --token-file or PILOT_TOKEN");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw InvalidInput.of("--token-file", "can't be read: " + e.getMessage());
        }
    }
}
