package dev.pilot.server.access;

import dev.pilot.api.error.InvalidInput;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks for a password on the terminal, twice, or reads the first line of the standard input. It never comes from arguments, which others on
 * the machine can see.
 */
final class PasswordInput {
    /** Set by the launcher: some JVMs have a console, though nobody sits at it. */
    private static final String ASKS = "pilot.input.terminal";

    private PasswordInput() {}

    static String read(String name) throws IOException {
        Console console = Boolean.getBoolean(ASKS) ? System.console() : null;
        return console == null ? line(System.in) : asked(console, name);
    }

    private static String asked(Console console, String name) {
        char[] password = console.readPassword("Password of %s: ", name);
        char[] again = console.readPassword("Once more: ");
        if (password == null || !Arrays.equals(password, again)) {
            throw InvalidInput.of("password", "was not the same twice");
        }
        return new String(password);
    }

    private static String line(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null || line.isEmpty()) {
            throw InvalidInput.of("password", "is missing: type it at the terminal, or give it as a line of the input");
        }
        return line;
    }
}
