package dev.pilot.runner.process.child;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program that a command names, as the child would see it: Java by itself would search its own {@code PATH} and report
 * every failure in the same words.
 */
final class Program {
    private Program() {}

    /** The program can't be run; the message says why and what to do. */
    static final class NotRunnable extends Exception {
        private static final long serialVersionUID = 1L;

        NotRunnable(String message) {
            super(message);
        }
    }

    /**
     * Finds it.
     *
     * @param name the command's first word: a path, against the directory if relative, or a name to be found in the search path
     * @param directory where the child works
     * @param searchPath the child's {@code PATH}
     * @return what to start
     */
    static String find(String name, Path directory, String searchPath) throws NotRunnable {
        if (File.separatorChar == '\\') {
            return name; // there the system's own rules of extensions and registry apply
        }
        try {
            return name.contains("/")
                    ? checked(directory.resolve(name).toAbsolutePath(), name)
                    : checked(search(name, searchPath), name);
        } catch (InvalidPathException e) {
            throw new NotRunnable("the command's program " + quoted(name) + " is no path");
        }
    }

    private static @Nullable Path search(String name, String searchPath) {
        Path found = null;
        for (String entry : searchPath.split(File.pathSeparator)) {
            // an empty or relative entry would run whatever a repository brings
            Path candidate = entry.startsWith("/") ? Path.of(entry, name) : null;
            if (candidate != null && Files.isRegularFile(candidate)) {
                if (Files.isExecutable(candidate)) {
                    return candidate;
                }
                found = found == null ? candidate : found;
            }
        }
        return found;
    }

    private static String checked(@Nullable Path program, String name) throws NotRunnable {
        if (program == null) {
            throw new NotRunnable("the command " + quoted(name)
                    + " was not found in PATH: install it, correct its name, or give its full path");
        } else if (!Files.exists(program)) {
            throw new NotRunnable("the command " + quoted(name) + " doesn't exist: correct its path");
        } else if (!Files.isRegularFile(program)) {
            throw new NotRunnable("the command " + quoted(name) + " is no file: name a program");
        } else if (!Files.isExecutable(program)) {
            throw new NotRunnable("the command " + quoted(name) + " may not be executed: chmod +x " + program);
        }
        String interpreter = interpreter(program);
        if (interpreter != null && !Files.isExecutable(Path.of(interpreter))) {
            throw new NotRunnable("the command " + quoted(name) + " is a script for " + quoted(interpreter)
                    + ", which doesn't exist or may not be executed: install it or correct the script's first line");
        }
        return program.toString();
    }

    /** Which program a script's first line names, or null if there is no such line. */
    private static @Nullable String interpreter(Path program) {
        try (BufferedReader reader = Files.newBufferedReader(program, StandardCharsets.ISO_8859_1)) {
            if (reader.read() != '#' || reader.read() != '!') {
                return null;
            }
            String line = reader.readLine();
            String[] words = line == null ? new String[0] : line.strip().split("\\s+");
            return words.length > 0 && words[0].startsWith("/") ? words[0] : null;
        } catch (IOException unreadable) {
            return null; // a program may be executable without being readable
        }
    }

    private static String quoted(String name) {
        return "'" + name + "'";
    }
}
