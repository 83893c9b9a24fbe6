package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a standalone program: {@code pilot.properties}, overridden by {@code PILOT_…} variables, overridden by flags. Keys
 * are in lower case with dots; {@code PILOT_DATA_DIR} is {@code data.dir}. Whoever asks for a key makes it known; {@link #done}
 * refuses those that nobody asked for and reports every problem at once.
 */
public final class Settings {
    private static final String PREFIX = "PILOT_";

    /** Variables that the launcher and the tests use; no settings. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("test.postgres.url", "java.opts", "home", "hub", "token", "env.file", "secrets.dir");

    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, String> inFile = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> secret = new TreeSet<>();
    private final List<FieldError> problems = new ArrayList<>();

    private final @Nullable Path file;

    private Settings(@Nullable Path file) {
        this.file = file;
    }

    /**
     * Reads the settings. An empty variable counts as none.
     *
     * @param file a properties file, or null for none; it must exist
     * @param variables the environment variables
     * @param flags what was given on the command line, by key
     * @return the settings
     * @throws InvalidInput if the file can't be read
     */
    public static Settings load(@Nullable Path file, Map<String, String> variables, Map<String, String> flags) {
        Settings settings = new Settings(file);
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw InvalidInput.of("config", "the file " + file + " can't be read: " + e.getMessage());
            }
            properties.stringPropertyNames().forEach(key -> settings.inFile.put(key, properties.getProperty(key)));
            settings.inFile.forEach((key, value) -> settings.put(key, value, file.toString()));
        }
        variables.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                String key =
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
                if (!NOT_SETTINGS.contains(key) && !(value.isBlank() && settings.values.containsKey(key))) {
                    settings.put(key, value, name);
                }
            }
        });
        flags.forEach((key, value) -> settings.put(key, value, "--" + key.replace('.', '-')));
        return settings;
    }

    /**
     * A text.
     *
     * @param key the setting
     * @return its value, if it is set and not empty
     */
    public Optional<String> text(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * A text that must never be shown.
     *
     * @param key the setting
     * @return its value, if it is set and not empty
     */
    public Optional<String> secret(String key) {
        secret.add(key);
        return text(key);
    }

    /**
     * What must never be shown, wherever it was set: what was asked for as a secret, and the passwords in URLs. To be asked for when all is
     * read.
     *
     * @return the secrets
     */
    public List<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>();
        values.forEach((key, value) -> secrets.addAll(secrets(key, value)));
        inFile.forEach((key, value) -> secrets.addAll(secrets(key, value)));
        return List.copyOf(secrets);
    }

    private Set<String> secrets(String key, String value) {
        return value.isBlank() ? Set.of() : secret.contains(key) ? Set.of(value.strip()) : UrlSecrets.in(value);
    }

    /**
     * What should be mended, though all can be understood. To be asked for when all is read.
     *
     * @return sentences for people, without values
     * @throws InvalidInput if nobody can say who may read the file
     */
    public List<String> warnings() {
        List<String> keys = inFile.entrySet().stream()
                .filter(entry -> !secrets(entry.getKey(), entry.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        try {
            return file == null || keys.isEmpty() || !Surroundings.isReadableByOthers(file)
                    ? List.of()
                    : List.of("The file " + file + " holds secrets (" + String.join(", ", keys)
                            + ") and can be read by others: chmod 600 " + file);
        } catch (IOException e) {
            throw InvalidInput.of("config", "the file " + file + " can't be looked at: " + e.getMessage());
        }
    }

    /**
     * A whole number.
     *
     * @param key the setting
     * @param otherwise its default
     * @return its value
     */
    public long number(String key, long otherwise) {
        return text(key)
                .map(value -> {
                    try {
                        return Long.valueOf(value);
                    } catch (NumberFormatException e) {
                        problem(key, "must be a whole number, but is '" + value + "'");
                        return null;
                    }
                })
                .orElse(otherwise);
    }

    /**
     * A span of time: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h} or ISO-8601.
     *
     * @param key the setting
     * @param otherwise its default
     * @return its value
     */
    public Duration duration(String key, Duration otherwise) {
        return text(key)
                .map(value -> {
                    try {
                        return time(value);
                    } catch (DateTimeParseException | NumberFormatException e) {
                        problem(key, "must be a span of time such as 30s, 10m or 1h, but is '" + value + "'");
                        return null;
                    }
                })
                .orElse(otherwise);
    }

    /**
     * Yes or no.
     *
     * @param key the setting
     * @param otherwise its default
     * @return its value
     */
    public boolean flag(String key, boolean otherwise) {
        return text(key)
                .map(value -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        problem(key, "must be true or false, but is '" + value + "'");
                    }
                    return value.equals("true");
                })
                .orElse(otherwise);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidInput if a value was wrong or a key is not known; it names them all
     */
    public void done() {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                String near = known.stream()
                        .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
                        .filter(candidate -> distance(key, candidate) <= 3)
                        .map(candidate -> "; did you mean " + candidate + "?")
                        .orElse("; known are " + String.join(", ", known));
                problem(key, "is not a setting (from " + sources.get(key) + ")" + near);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("settings", problems);
        }
    }

    /**
     * The keys that were asked for so far.
     *
     * @return the keys, sorted
     */
    public Set<String> known() {
        return Collections.unmodifiableSet(known);
    }

    private void put(String key, String value, String source) {
        values.put(key, value);
        sources.put(key, source);
    }

    private void problem(String key, String problem) {
        problems.add(new FieldError(key, problem));
    }

    /**
     * Reads a span of time.
     *
     * @param value such as {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h} or {@code PT1H}
     * @return the span
     * @throws DateTimeParseException if it is none
     * @throws NumberFormatException if its number is none
     */
    public static Duration time(String value) {
        if (value.isEmpty()) {
            throw new DateTimeParseException("is empty", value, 0);
        }
        if (value.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        String number = value.substring(0, value.length() - 1);
        return switch (value.charAt(value.length() - 1)) {
            case 's' -> Duration.ofSeconds(Long.parseLong(number));
            case 'm' -> Duration.ofMinutes(Long.parseLong(number));
            case 'h' -> Duration.ofHours(Long.parseLong(number));
            default -> Duration.parse(value);
        };
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
