package dev.pilot.core.config;

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
 * environment goes before the directory, the directory before the file.
 *
 * <p>The directory is that of {@code PILOT_SECRETS_DIR}, or of {@code CREDENTIALS_DIRECTORY}, which systemd sets. A file's name in it, in
 * upper case with {@code _} for {@code .} and {@code -}, is the variable's; its content, without the line's end, the value.
 *
 * @param variables name to value
 * @param secrets the values that must never be shown: all of the directory, and of the others those whose names say so
 * @param warnings what should be mended, for people
 */
public record Surroundings(Map<String, String> variables, List<String> secrets, List<String> warnings) {
    private static final int LONGEST = 65_536;

    private static final int MOST_FILES = 1_000;
    private static final Path DEFAULT_FILE = Path.of(".env");
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(^|_)KEY)S?(_[A-Z0-9]+)?");
    /** Such as how many tokens a model may use: redacted, it would take a number out of every text. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private static final Pattern NO_SECRET =
            Pattern.compile("(?i).*_(FILE|DIR|DIRECTORY|PATH|NAME|ID|URL|HOST|PORT|WAIT)");

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
        String named = environment.get("PILOT_ENV_FILE");
        return read(environment, named == null || named.isBlank() ? DEFAULT_FILE : Path.of(named), named != null);
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
            String directory = environment.getOrDefault(variable, all.get(variable));
            if (directory != null && !directory.isBlank()) {
                Map<String, String> found = directory(variable, Path.of(directory), warnings);
                secrets.addAll(found.values());
                all.putAll(found);
            }
        }
        all.putAll(environment);
        all.forEach((name, value) -> {
            if (isSecret(name) && !NUMBER.matcher(value).matches()) {
                secrets.add(value);
            }
        });
        secrets.removeIf(String::isBlank);
        return new Surroundings(all, List.copyOf(secrets), warnings);
    }

    /**
     * Whether a variable of this name holds a secret.
     *
     * @param name such as {@code GITHUB_TOKEN}
     * @return true if the name says so
     */
    public static boolean isSecret(String name) {
        return SECRET.matcher(name).matches() && !NO_SECRET.matcher(name).matches();
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
