package dev.pilot.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address may be written in several ways, and is one host all the same. */
class HostsTest {
    @TempDir
    Path directory;

    @Test
    void anAddressOfVersionSixIsKnownHoweverItIsWritten() throws IOException {
        try (HubServer server = HubServer.start(directory, config -> config.allowedHosts(Set.of("fd00::5")))) {
            for (String name : new String[] {"[fd00::5]", "[FD00:0::5]:7878", "[::1]", "LocalHost"}) {
                assertTrue(ask(server, name).startsWith("HTTP/1.1 200"), name);
            }
            for (String name : new String[] {"[fd00::6]", "[fd00::5:0]:7878"}) {
                assertTrue(ask(server, name).contains("host-not-allowed"), name);
            }
        }
    }

    private static String ask(HubServer server, String host) throws IOException {
        return server.raw("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }
}
