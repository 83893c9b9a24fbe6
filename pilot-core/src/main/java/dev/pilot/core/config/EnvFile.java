package dev.pilot.core.config;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .env} files: a {@code NAME=value} in each line, with or without {@code export}; lines that begin with {@code #} are comments.
 * A value in single quotes is taken as it is; in double quotes {@code \n}, {@code \"} and {@code \\} are understood; without quotes it ends
 * where a comment begins. Nothing is put in for a {@code $}.
 */
final class EnvFile {
    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");

    private EnvFile() {}

    /**
     * Reads a file.
     *
     * @throws InvalidInput if it can't be read or a line is wrong; it names all lines by their numbers and shows none
     */
    static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw InvalidInput.of(".env", "the file " + file + " can't be read: " + e.getMessage());
        }
        Map<String, String> values = new LinkedHashMap<>();
        List<FieldError> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher match = LINE.matcher(line);
            String value = match.matches() ? value(match.group(2)) : null;
            if (value == null) {
                problems.add(new FieldError(file + ":" + (i + 1), "must be NAME=value"));
            } else {
                values.put(match.group(1), value);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidInput("settings", problems);
        }
        return values;
    }

    private static @Nullable String value(String text) {
        if (text.startsWith("'")) {
            Matcher match = SINGLE.matcher(text);
            return match.matches() ? match.group(1) : null;
        } else if (text.startsWith("\"")) {
            Matcher match = DOUBLE.matcher(text);
            return match.matches() ? unescaped(match.group(1)) : null;
        }
        int comment = text.startsWith("#") ? 0 : text.indexOf(" #");
        return (comment < 0 ? text : text.substring(0, comment)).strip();
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                char next = text.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
