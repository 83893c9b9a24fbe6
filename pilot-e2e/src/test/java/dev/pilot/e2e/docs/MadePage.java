package dev.pilot.e2e.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pilot.api.value.Named;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page below {@code docs} with a part that is made from the code, between two marks. */
final class MadePage {
    private static final String BEGIN = "<!-- made from the code: begin -->\n";
    private static final String END = "<!-- made from the code: end -->";

    private MadePage() {}

    /** The checkout's root, from wherever the tests are started. */
    static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(path.resolve("pilot-api"))) {
            path = path.getParent();
        }
        return path;
    }

    /** Compares the page with what the code says; with {@code -Dpilot.docs=write} it is written instead. */
    static void check(String name, String made) throws IOException {
        Path file = root().resolve("docs").resolve(name);
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END, begin);
        if ("write".equals(System.getProperty("pilot.docs"))) {
            Files.writeString(file, page.substring(0, begin) + made + page.substring(end));
        } else {
            assertEquals(
                    made,
                    page.substring(begin, end),
                    "docs/" + name + " is not what the code says: mvn verify -pl pilot-e2e -am -Dpilot.docs=write");
        }
    }

    /** What a constant's documentation says. */
    static <E extends Enum<E> & Named> String said(E constant) throws IOException {
        String source = Files.readString(root().resolve("pilot-api/src/main/java")
                .resolve(constant.getDeclaringClass().getName().replace('.', '/') + ".java"));
        Matcher found = Pattern.compile("/\\*\\* (.*) \\*/\\s+" + constant.name() + "\\(")
                .matcher(source);
        if (!found.find()) {
            throw new AssertionError(constant + " has no documentation of one line");
        }
        return found.group(1);
    }
}
