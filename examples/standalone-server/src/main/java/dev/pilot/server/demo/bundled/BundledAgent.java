package dev.pilot.server.demo.bundled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small agent that needs no model: it gives the README a table of contents, brings the one that it made before up to date, or, where
 * there is no README that needs one, writes an overview of the repository. The same repository always gets the same change.
 */
public final class BundledAgent {
    /** What it can do. */
    public static final String GOAL = """
            Make this repository easier to find one's way in

            Give the README a table of contents. If there is no README that is long enough to need one, write
            OVERVIEW.md, which says what each directory holds.""";

    private static final String OVERVIEW = "OVERVIEW.md";

    private BundledAgent() {}

    /**
     * Works in the current directory.
     *
     * @param args ignored: the goal is on standard input
     * @throws IOException if a file can't be read or written
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        System.out.println("goal: " + goal());
        Optional<Path> readme = readme(root);
        if (readme.isPresent() && addContents(readme.get())) {
            return;
        }
        System.out.println("no README needs a table of contents: writing " + OVERVIEW);
        String overview = new RepositoryOverview(root).text(OVERVIEW);
        Files.writeString(root.resolve(OVERVIEW), overview);
        System.out.println("wrote " + OVERVIEW + ", " + overview.lines().count() + " lines");
    }

    private static String goal() throws IOException {
        String text = new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("(none given)");
    }

    private static boolean addContents(Path readme) throws IOException {
        System.out.println("reading " + readme.getFileName());
        String before = Files.readString(readme);
        Optional<String> after = new TableOfContents(before).text();
        if (after.isEmpty() || after.get().equals(before)) {
            return false;
        }
        Files.writeString(readme, after.get());
        System.out.println("gave " + readme.getFileName() + " a table of contents");
        return true;
    }

    private static Optional<Path> readme(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.getFileName().toString().equalsIgnoreCase("readme.md"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .findFirst();
        }
    }
}
