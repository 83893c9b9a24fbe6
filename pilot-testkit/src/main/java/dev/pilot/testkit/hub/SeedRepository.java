package dev.pilot.testkit.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** A bare git repository, written object by object so that the contract needs neither git nor a library for it. */
final class SeedRepository {
    private final Path directory;

    SeedRepository(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory.resolve("objects"));
            Files.createDirectories(directory.resolve("refs/heads"));
            Files.writeString(directory.resolve("HEAD"), "ref: refs/heads/main\n");
            Files.writeString(directory.resolve("config"), "[core]\n\trepositoryformatversion = 0\n\tbare = true\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Commits files that all lie at the top, and answers the commit's name. */
    String commit(@Nullable String parent, String message, Map<String, String> files) {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        SortedMap<String, String> sorted = new TreeMap<>(files);
        sorted.forEach((name, content) -> {
            tree.writeBytes(("100644 " + name + "\0").getBytes(UTF_8));
            tree.writeBytes(HexFormat.of().parseHex(write("blob", content.getBytes(UTF_8))));
        });
        String who = "Seed <seed@example.org> 1767225600 +0000";
        return write(
                "commit",
                ("tree " + write("tree", tree.toByteArray()) + "\n"
                                + (parent == null ? "" : "parent " + parent + "\n")
                                + "author " + who + "\ncommitter " + who + "\n\n" + message + "\n")
                        .getBytes(UTF_8));
    }

    void branch(String name, String commit) {
        try {
            Files.writeString(directory.resolve("refs/heads").resolve(name), commit + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(String type, byte[] content) {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.writeBytes((type + " " + content.length + "\0").getBytes(UTF_8));
        object.writeBytes(content);
        try {
            String name =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(object.toByteArray()));
            Path file =
                    directory.resolve("objects").resolve(name.substring(0, 2)).resolve(name.substring(2));
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(file))) {
                    object.writeTo(out);
                }
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-1", e);
        }
    }
}
