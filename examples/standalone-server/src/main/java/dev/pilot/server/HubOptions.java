package dev.pilot.server;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.client.PilotClient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hub a command speaks to, and by what it is known there. */
public final class HubOptions {
    /** Where a hub that was started here keeps the token that it made. */
    private static final Path OWN_TOKEN = Path.of("data", "admin.token");

    @Option(
            names = "--hub",
            paramLabel = "<url>",
            defaultValue = "${env:PILOT_HUB:-http://127.0.0.1:7878}",
            description = "Where the hub serves. Default: $PILOT_HUB, else http://127.0.0.1:7878.")
    private String hub;

    @Option(
            names = "--token",
            paramLabel = "<token>",
            defaultValue = "${env:PILOT_TOKEN}",
            description = "A token of the hub's. Default: $PILOT_TOKEN, which others on this machine can't read.")
    private @Nullable String token;

    @Option(
            names = "--token-file",
            paramLabel = "<file>",
            description = "A file that holds the token. Default: data/admin.token, where it is there.")
    private @Nullable Path tokenFile;

    /** Made by the command line. */
    @SuppressWarnings("NullAway") // picocli sets it
    public HubOptions() {}

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
        return hub;
    }

    URI address() {
        try {
            URI uri = new URI(hub);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw InvalidInput.of("--hub", "must be like http://host:7878: " + e.getMessage());
        }
        throw InvalidInput.of("--hub", "must be like http://host:7878, but is " + hub);
    }

    String token() {
        if (tokenFile == null && token != null && !token.isBlank()) {
            return token;
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
