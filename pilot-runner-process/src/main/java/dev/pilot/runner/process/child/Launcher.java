package dev.pilot.runner.process.child;

import dev.pilot.runner.process.child.Program.NotRunnable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts processes, in a session of their own where the system has {@code setsid}: an interrupt typed at the hub's terminal doesn't
 * reach them, and a program that would ask for a password at the terminal fails instead of waiting for ever.
 */
final class Launcher {
    private final @Nullable String setsid;
    private final String outerCookie;

    /**
     * Makes one.
     *
     * @param own this process's own variables
     */
    Launcher(Map<String, String> own) {
        setsid = findSetsid(own.getOrDefault("PATH", ""));
        outerCookie = own.getOrDefault(Cookie.VARIABLE, "");
    }

    private static @Nullable String findSetsid(String searchPath) {
        try {
            String found = Program.find("setsid", Path.of("/"), searchPath);
            return found.startsWith("/") ? found : null;
        } catch (NotRunnable absent) {
            return null;
        }
    }

    /** Starts a child whose program, directory and variables were checked first, so that what is wrong can be said. */
    Process launch(ChildSpec spec, Cookie cookie) throws NotRunnable {
        if (!Files.isDirectory(spec.directory())) {
            throw new NotRunnable(
                    "the working directory " + spec.directory() + " doesn't exist: create it or name another");
        }
        ProcessBuilder builder = new ProcessBuilder(words(spec));
        builder.directory(spec.directory().toFile());
        builder.redirectErrorStream(spec.merged());
        Map<String, String> environment = builder.environment();
        environment.clear();
        for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
            checkVariable(variable.getKey(), variable.getValue());
            environment.put(variable.getKey(), variable.getValue());
        }
        environment.put(Cookie.VARIABLE, cookie.within(outerCookie));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new NotRunnable("the command '" + spec.command().get(0) + "' could not be started: " + reason(e));
        }
    }

    private List<String> words(ChildSpec spec) throws NotRunnable {
        List<String> words = new ArrayList<>();
        if (setsid != null) {
            words.add(setsid);
        }
        words.add(Program.find(
                spec.command().get(0), spec.directory(), spec.environment().getOrDefault("PATH", "")));
        words.addAll(spec.command().subList(1, spec.command().size()));
        return words;
    }

    /** Java would refuse these as well, but shows the value, which may be a secret. */
    private static void checkVariable(String name, String value) throws NotRunnable {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new NotRunnable("the variable name '" + name.replace('\0', '?')
                    + "' must not be empty nor have = or a zero character");
        } else if (value.indexOf('\0') >= 0) {
            throw new NotRunnable(
                    "the variable " + name + " has a zero character in its value, which no process can be given");
        }
    }

    /** Java's message ends with the system's words, behind an error number. */
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        int number = message.indexOf("error=");
        String words = number < 0
                ? message
                : message.substring(message.indexOf(',', number) + 1).strip();
        return message.contains("error=7,") ? words + ": give the goal by stdin or file instead of an argument" : words;
    }
}
