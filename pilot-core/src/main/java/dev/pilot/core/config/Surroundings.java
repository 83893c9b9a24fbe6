package dev.pilot.core.config;

import dev.pilot.api.access.SecretNames;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a standalone program is told from outside: the environment, a directory with a file for each secret, and an {@code .env} file. The
 * environment goes before the directory, the directory before the file; a variable that is empty hides none of them.
 *
 * <p>The directory is that of {@code PILOT_SECRETS_DIR}, or of {@code CREDENTIALS_DIRECTORY}, which systemd sets. A file's name in it, in
 * upper case with {@code _} for {@code .} and {@code -}, is the variable's; its content, without the line's end, the value.
 *
 * @param variables name to value
 * @param secrets the values that must never be shown: all of the directory, of the others those whose names say so, and the passwords
 *     in URLs
 * @param warnings what should be mended, for people
 */
public record Surroundings(Map<String, String> variables, List<String> secrets, List<String> warnings) {
    private static final int LONGEST = 65_536;

    private static final int MOST_FILES = 1_000;
    private static final Path DEFAULT_FILE = Path.of(".env");

    /** Its name says that it is secret, but it is the path of a file. */
    private static final String A_PATH = "PILOT_TLS_KEY";

    /** Such as how many tokens a model may use: redacted, it would take a number out of every text. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Copies what it gets. */
    public Surroundings {
        variables = Map.copyOf(variables);
        secrets = List.copyOf(secrets);
        warnings = List.copyOf(warnings);
    }

    /** Hides the values. */
    @Override
    public String toString() {
        return "Surroundings[variables=" + variables.keySet() + "]";
    }

    /**
     * Reads them.
     *
     * @param environment the environment variables
     * @return what there is
     * @throws InvalidInput if a file can't be read, is wrong, or is an {@code .env} file that others may read
     */
    public static Surroundings read(Map<String, String> environment) {
        String named = environment.getOrDefault("PILOT_ENV_FILE", "");
        return read(environment, named.isBlank() ? DEFAULT_FILE : Path.of(named), !named.isBlank());
    }

    static Surroundings read(Map<String, String> environment, Path file, boolean mustBeThere) {
        List<String> warnings = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>();
        if (mustBeThere || Files.exists(file)) {
            refuseIfOpen(file);
            all.putAll(EnvFile.read(file));
        }
        Set<String> secrets = new LinkedHashSet<>();
        for (String variable : List.of("CREDENTIALS_DIRECTORY", "PILOT_SECRETS_DIR")) {
            String outside = environment.getOrDefault(variable, "");
            String directory = outside.isBlank() ? all.getOrDefault(variable, "") : outside;
            if (!directory.isBlank()) {
                Map<String, String> found = directory(variable, Path.of(directory), warnings);
                secrets.addAll(found.values());
                put(found, all);
            }
        }
        put(environment, all);
        all.forEach((name, value) -> {
            if (SecretNames.isSecret(name)
                    && !name.equals(A_PATH)
                    && !NUMBER.matcher(value).matches()) {
                secrets.add(value);
            }
            secrets.addAll(UrlSecrets.in(value));
        });
        secrets.removeIf(String::isBlank);
        return new Surroundings(all, List.copyOf(secrets), warnings);
    }

    /** Whoever passes variables on passes them on empty where they are not set: that hides nothing. */
    private static void put(Map<String, String> later, Map<String, String> all) {
        later.forEach((name, value) -> {
            if (!value.isBlank() || !all.containsKey(name)) {
                all.put(name, value);
            }
        });
    }

    private static void refuseIfOpen(Path file) {
        try {
            if (isReadableByOthers(file)) {
                throw InvalidInput.of(".env", "the file " + file + " can be read by others: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw InvalidInput.of(".env", "the file " + file + " can't be read: " + e.getMessage());
        }
    }

    /**
     * Whether everybody on this machine may read a file.
     *
     * @param file the file
     * @return false also where the file system knows no owners
     * @throws IOException if that can't be found out
     */
    public static boolean isReadableByOthers(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }

    /** Container runtimes mount secrets so that all in the container may read them: that is told, not refused. */
    private static Map<String, String> directory(String variable, Path directory, List<String> warnings) {
        Map<String, String> found = new LinkedHashMap<>();
        List<FieldError> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().limit(MOST_FILES).toList()) {
                String name = file.getFileName().toString();
                // What begins with a dot is how Kubernetes keeps versions.
                if (name.startsWith(".") || Files.isDirectory(file)) {
                    continue;
                }
                String value = value(file, problems);
                if (value != null) {
                    found.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value);
                }
                if (isReadableByOthers(file)) {
                    warnings.add("The secret " + file + " can be read by others: chmod 600 " + file);
                }
            }
        } catch (IOException e) {
            throw InvalidInput.of(variable, "the directory " + directory + " can't be read: " + e.getMessage());
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("settings", problems);
        }
        return found;
    }

    private static @Nullable String value(Path file, List<FieldError> problems) {
        try {
            if (Files.size(file) > LONGEST) {
                problems.add(new FieldError(file.toString(), "is longer than a secret: " + LONGEST + " bytes at most"));
                return null;
            }
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            problems.add(new FieldError(file.toString(), "can't be read: " + e.getMessage()));
            return null;
        }
    }
}
