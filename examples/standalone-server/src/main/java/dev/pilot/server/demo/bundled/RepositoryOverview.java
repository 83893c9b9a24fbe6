package dev.pilot.server.demo.bundled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each directory of a repository holds, counted. */
final class RepositoryOverview {
    private static final int KINDS = 3;
    private static final int MANY = 40;

    private final Path root;

    private static final class Directory {
        private long files;
        private long bytes;
        private final Map<String, Long> kinds = new TreeMap<>();

        void add(Path file) throws IOException {
            files++;
            bytes += Files.size(file);
            kinds.merge(kind(file.getFileName().toString()), 1L, Long::sum);
        }

        String mostly() {
            return kinds.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(KINDS)
                    .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
                    .collect(Collectors.joining(", "));
        }
    }

    RepositoryOverview(Path root) {
        this.root = root;
    }

    /**
     * The page.
     *
     * @param itself the page's own name, which doesn't count
     */
    String text(String itself) throws IOException {
        Map<String, Directory> directories = count(itself);
        StringBuilder page = new StringBuilder("# Overview\n\nWhat each directory holds.\n\n");
        page.append("| directory | files | size | mostly |\n|---|---:|---:|---|\n");
        directories.entrySet().stream().limit(MANY).forEach(entry -> {
            Directory directory = entry.getValue();
            page.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %d | %s | %s |%n",
                    entry.getKey().replace("|", "\\|"),
                    directory.files,
                    size(directory.bytes),
                    directory.mostly()));
        });
        long files = directories.values().stream()
                .mapToLong(directory -> directory.files)
                .sum();
        page.append("\n")
                .append(files)
                .append(" files in ")
                .append(directories.size())
                .append(" places.\n");
        return page.toString().replace("\r\n", "\n");
    }

    private Map<String, Directory> count(String itself) throws IOException {
        Map<String, Directory> directories = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path inside = root.relativize(file);
                if (!inside.startsWith(".git") && !inside.equals(Path.of(itself))) {
                    String place = inside.getNameCount() == 1 ? "." : inside.getName(0) + "/";
                    directories.computeIfAbsent(place, name -> new Directory()).add(file);
                }
            }
        }
        return directories;
    }

    private static String kind(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot == name.length() - 1
                ? "other"
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static String size(long bytes) {
        return bytes < 1024
                ? bytes + " B"
                : bytes < 1024 * 1024
                        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
                        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
    }
}
