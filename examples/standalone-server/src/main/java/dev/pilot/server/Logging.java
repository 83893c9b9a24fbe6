package dev.pilot.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much the program logs; what it logs like is in {@code logback.xml}. */
public final class Logging {
    private Logging() {}

    /**
     * Logs from this level on.
     *
     * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
     */
    public static void level(String level) {
        Level from = Level.toLevel(level, Level.INFO);
        logger("dev.pilot").setLevel(from);
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(from.isGreaterOrEqual(Level.WARN) ? from : Level.WARN);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
