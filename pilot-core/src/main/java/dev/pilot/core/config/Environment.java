package dev.pilot.core.config;

import java.util.Map;

/** This process's surroundings. Nothing else in Pilot reads them. */
public final class Environment {
    private Environment() {}

    /**
     * The environment variables.
     *
     * @return name to value
     */
    public static Map<String, String> variables() {
        return System.getenv();
    }
}
