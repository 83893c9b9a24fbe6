package dev.pilot.server.demo.bundled;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.wire.WireCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A gate that fits any repository: of what a branch changes, added lines have no stray blanks at their end and no conflict markers, text
 * is UTF-8, XML and JSON can be read, and links inside of Markdown lead somewhere.
 */
public final class BundledCheck {
    private static final Pattern CONFLICT = Pattern.compile("(<{7}|>{7}|\\|{7})( .*)?|={7}");
    private static final Pattern TRAILING = Pattern.compile(".*\\S[ \\t]+|[ \\t]+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private final Path root;
    private final List<String> problems = new ArrayList<>();

    private BundledCheck(Path root) {
        this.root = root;
    }

    /**
     * Checks the current directory's branch; exits with 1 if something is wrong.
     *
     * @param args ignored
     * @throws IOException if the repository can't be read
     */
    public static void main(String[] args) throws IOException {
        BundledCheck check = new BundledCheck(Path.of("").toAbsolutePath());
        List<ChangedFiles.Changed> changed = ChangedFiles.of(check.root);
        for (ChangedFiles.Changed file : changed) {
            check.check(file);
        }
        check.problems.forEach(System.out::println);
        System.out.println(changed.size() + " changed files, " + check.problems.size() + " problems");
        if (!check.problems.isEmpty()) {
            System.exit(1);
        }
    }

    private void check(ChangedFiles.Changed file) throws IOException {
        byte[] bytes = Files.readAllBytes(root.resolve(file.path()));
        for (ChangedFiles.Line line : file.added()) {
            if (CONFLICT.matcher(line.text()).matches()) {
                problem(file.path(), line.number(), "a conflict marker");
            } else if (TRAILING.matcher(line.text()).matches()) {
                problem(file.path(), line.number(), "blanks at the end of the line");
            }
        }
        if (!file.isText()) {
            return;
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            problem(file.path(), 1, "is not UTF-8");
            return;
        }
        String text = new String(bytes, UTF_8);
        if (file.path().endsWith(".json")) {
            json(file.path(), text);
        } else if (file.path().endsWith(".xml")) {
            xml(file.path(), bytes);
        } else if (file.path().endsWith(".md")) {
            links(file, text);
        }
    }

    private void json(String path, String text) {
        try {
            WireCodec.parse(text);
        } catch (InvalidInput e) {
            problem(path, 1, "is no JSON: " + e.getMessage());
        }
    }

    private void xml(String path, byte[] bytes) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            builder.parse(new ByteArrayInputStream(bytes));
        } catch (SAXException e) {
            problem(path, e instanceof SAXParseException at ? at.getLineNumber() : 1, "is no XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this JDK can't parse XML", e);
        }
    }

    /** Only those in added lines: what was broken before is not this change's doing. */
    private void links(ChangedFiles.Changed file, String text) {
        Set<String> anchors = new MarkdownPage(text)
                .headings().stream().map(MarkdownPage.Heading::anchor).collect(Collectors.toSet());
        Path directory = Objects.requireNonNull(root.resolve(file.path()).getParent());
        for (ChangedFiles.Line line : file.added()) {
            Matcher link = LINK.matcher(line.text());
            while (link.find()) {
                String target = link.group(1);
                if (target.startsWith("#") && !anchors.contains(target.substring(1))) {
                    problem(file.path(), line.number(), "there is no section " + target);
                } else if (target.matches("[\\w./-]+") && !Files.exists(directory.resolve(target))) {
                    problem(file.path(), line.number(), "there is no file " + target);
                }
            }
        }
    }

    private void problem(String path, int line, String what) {
        problems.add(path + ":" + line + ": " + what);
    }

    private static final class Silent implements ErrorHandler {
        @Override
        public void warning(SAXParseException warning) {}

        @Override
        public void error(SAXParseException error) {}

        @Override
        public void fatalError(SAXParseException fatal) throws SAXParseException {
            throw fatal;
        }
    }
}
