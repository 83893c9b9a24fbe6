package dev.pilot.core.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The computer, or the container, that this program runs on. */
public final class Machine {
    private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
    /** Where Linux tells it without asking a name server. */
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private Machine() {}

    /**
     * What it is called.
     *
     * @return its host name, {@code localhost} if it has none
     */
    public static String name() {
        try {
            String name = Files.isReadable(LINUX)
                    ? Files.readString(LINUX).strip()
                    : InetAddress.getLocalHost().getHostName();
            return name.isEmpty() ? "localhost" : name;
        } catch (UnknownHostException nameless) {
            return "localhost";
        } catch (IOException e) {
            LOG.debug("{} can't be read", LINUX, e);
            return "localhost";
        }
    }
}
