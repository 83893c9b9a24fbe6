package dev.pilot.wire;

import dev.pilot.api.Pilot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The api's records, found on the class path, so that a new one can't be forgotten. */
final class ApiRecords {
    /** They hold paths, belong to the ports or go into a query: they never travel as they are. */
    private static final Set<String> LOCAL = Set.of(
            "UsageQuery",
            "CommandSpec",
            "CommandResult",
            "RunnerResult",
            "RunnerTask",
            "RepoLocation",
            "OpenWorkspace",
            "Workspace",
            "MergeRequest",
            "Merged",
            "Conflict",
            "Credentials");

    private ApiRecords() {}

    /** Every record without type parameters that may travel. */
    static List<Class<?>> all() {
        List<Class<?>> records = new ArrayList<>();
        try {
            URI home = Pilot.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            Path path = Path.of(home);
            if (Files.isDirectory(path)) {
                collect(path, records);
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(path, Map.of())) {
                    collect(jar.getPath("/"), records);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return records;
    }

    private static void collect(Path root, List<Class<?>> records) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.contains("/store/") && !name.contains("-info"))
                    .sorted()
                    .map(name -> load(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(ApiRecords::travels)
                    .forEach(records::add);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean travels(Class<?> type) {
        return type.isRecord()
                && !LOCAL.contains(type.getSimpleName())
                && type.getTypeParameters().length == 0
                && Arrays.stream(type.getInterfaces())
                        .noneMatch(face -> face.getPackageName().endsWith(".value")
                                || face.getPackageName().endsWith(".id"));
    }
}
