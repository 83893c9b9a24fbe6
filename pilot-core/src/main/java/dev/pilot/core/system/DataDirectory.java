package dev.pilot.core.system;

import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.OutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where everything lies that an instance is. Ids are part of file names, so they are spelled in a way that no file system and no
 * path rule can take amiss.
 */
public final class DataDirectory {
    private final Path root;

    /**
     * Makes the directory where it is not there.
     *
     * @param root its root
     * @throws Unavailable with code {@code data-directory} if it can't be made or written to
     */
    public DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.root);
            if (!Files.isWritable(this.root)) {
                throw new IOException("it can't be written to");
            }
        } catch (IOException e) {
            throw new Unavailable(
                    "data-directory", "The data directory " + this.root + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * The root.
     *
     * @return an absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * Makes sure that the directory and the store are the same hub's: files and records would contradict each other otherwise. The first
     * hub leaves its id in {@code hub.id}; hubs that share a store share the directory, too.
     *
     * @param hubId the id that the store holds
     * @param store where the store is, for people
     * @throws NotAllowed with code {@code other-hub} if the directory belongs to another hub
     * @throws Unavailable with code {@code data-directory} if the file can't be read or written
     */
    public void belongsTo(String hubId, String store) {
        Path file = root.resolve("hub.id");
        try {
            if (!Files.exists(file)) {
                Path made = Files.writeString(Files.createTempFile(root, "hub", ".id"), hubId + "\n");
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            String owner = Files.readString(file).strip();
            if (!owner.equals(hubId)) {
                throw new NotAllowed(
                        "other-hub",
                        "The data directory " + root + " belongs to hub " + owner + ", but the store " + store
                                + " holds hub " + hubId
                                + ": set data.dir and store.url to what belongs together, or delete "
                                + file + " if the store was made anew.");
            }
        } catch (IOException e) {
            throw new Unavailable("data-directory", "The file " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * The default store's file.
     *
     * @return an absolute path
     */
    public Path database() {
        return root.resolve("control_plane").resolve("pilot.sqlite3");
    }

    /**
     * The output file of one stream of an attempt.
     *
     * @param run the run
     * @param attempt the attempt
     * @param stream the stream
     * @return its path
     */
    public Path output(RunId run, int attempt, OutputStream stream) {
        return ofRun(run).resolve("output").resolve(attempt + "." + stream.wire() + ".log");
    }

    /**
     * The file of an artifact.
     *
     * @param run the run
     * @param artifact the artifact
     * @return its path
     */
    public Path artifact(RunId run, ArtifactId artifact) {
        return ofRun(run).resolve("files").resolve(spell(artifact.value()));
    }

    /**
     * All files that a run left.
     *
     * @param run the run
     * @return a directory
     */
    public Path ofRun(RunId run) {
        return root.resolve("artifacts").resolve(spell(run.value()));
    }

    /**
     * The hub's copy of a repository.
     *
     * @param slug the repository's {@code owner/name}
     * @return a directory
     */
    public Path repo(String slug) {
        return root.resolve("repos").resolve(slug);
    }

    /**
     * Where an attempt works.
     *
     * @param run the run
     * @param attempt the attempt
     * @return a directory
     */
    public Path workspace(RunId run, int attempt) {
        return workspaces().resolve(spell(run.value())).resolve(Integer.toString(attempt));
    }

    /**
     * Where runners note what they have started, so that what a killed hub left behind can be ended. Hubs on several machines may share the
     * directory, and a process can only be looked for where it runs.
     *
     * @return a directory
     */
    public Path processes() {
        return root.resolve("processes").resolve(spell(Machine.name()));
    }

    /**
     * Where what is on its way to somebody lies for a moment.
     *
     * @return a directory
     */
    public Path transfers() {
        return root.resolve("transfers");
    }

    /**
     * All that attempts work in, whichever.
     *
     * @return a directory
     */
    public Path workspaces() {
        return root.resolve("workspaces");
    }

    /**
     * Removes a file or directory with all that is in it, following no links.
     *
     * @param path the file or directory; it need not be there
     * @throws IOException if something can't be removed
     */
    public static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * The admin's token: the given one, else the one in {@code admin.token}, which is made at the first start.
     *
     * @param given the configured token, or empty
     * @return the token
     */
    public String adminToken(String given) {
        if (!given.isEmpty()) {
            return given;
        }
        Path file = root.resolve("admin.token");
        try {
            String token =
                    SecretFile.readOrMake(file, () -> Ids.secret() + "\n").strip();
            if (token.isEmpty()) {
                throw new IOException("it is empty: delete it, and a new one is made");
            }
            return token;
        } catch (IOException e) {
            throw new Unavailable("admin-token", "The admin token in " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * An id as a file name: upper case gets a mark, since some file systems don't tell it from lower case; a colon and a leading dot
     * are spelled out.
     */
    private static String spell(String id) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                name.append('^').append(Character.toLowerCase(c));
            } else if (c == ':' || c == '.' && i == 0) {
                name.append('%').append(Integer.toHexString(c));
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }
}
