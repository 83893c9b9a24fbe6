package dev.pilot.testkit.repo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Repositories that many tests begin with, made once and copied: a few files are copied faster than git is started five times. */
enum RepositoryTemplate {
    /** Nothing but its configuration. */
    EMPTY,
    /** One commit of a {@code README.md}. */
    ONE_COMMIT;

    private static final class Made {
        static final Path DIRECTORY = make();

        private static Path make() {
            try {
                Path directory = Files.createTempDirectory("pilot-repositories");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
                for (RepositoryTemplate template : values()) {
                    GitCommand git = new GitCommand(directory.resolve(template.name()));
                    git.run("init", "-q", "-b", "main", "--template=");
                    git.run("config", "user.name", "Rita");
                    git.run("config", "user.email", "rita@example.org");
                    if (template == ONE_COMMIT) {
                        RepositoryScene.commit(git, "README.md", "hello\n");
                    }
                }
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    GitCommand copyTo(Path directory) throws IOException {
        Path from = Made.DIRECTORY.resolve(name());
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path to = directory.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(path, to);
                }
            }
        }
        return new GitCommand(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            // in the machine's temporary directory, which is tidied without us
        }
    }
}
