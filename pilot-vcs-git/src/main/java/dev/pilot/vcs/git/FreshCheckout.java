package dev.pilot.vcs.git;

import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.InvalidPathException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.RawParseUtils;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;

/**
 * Writes a commit's files into a directory that holds nothing yet and that nobody else knows.
 *
 * <p>JGit's own checkout is made for directories with files in them: it writes each file beside its place, looks at it, sets its
 * mode and renames it, which takes several times as long. Here everything is created where it belongs, with its mode, and nothing
 * may be there already: two names that are one on this file system are refused, so no file is written through a link.
 */
final class FreshCheckout {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?>[] PLAIN = {};
    private static final FileAttribute<?>[] EXECUTABLE = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")) // less the process's umask
    };

    private final Path directory;
    private final ObjectReader reader;
    private final TreeWalk walk;
    private final DirCacheBuilder index;
    private final boolean symlinks = FS.DETECTED.supportsSymlinks();
    private final boolean modes = FS.DETECTED.supportsExecute();

    private FreshCheckout(Path directory, ObjectReader reader, TreeWalk walk, DirCacheBuilder index) {
        this.directory = directory;
        this.reader = reader;
        this.walk = walk;
        this.index = index;
    }

    /**
     * Writes the files and the index.
     *
     * @throws Unavailable with code {@code repository-unsafe} if a name must not or can't be written
     */
    static void write(Repository repository, Path directory, AnyObjectId tree) throws IOException {
        DirCache index = repository.lockDirCache();
        try (ObjectReader reader = repository.newObjectReader();
                TreeWalk walk = new TreeWalk(repository, reader)) {
            walk.setOperationType(OperationType.CHECKOUT_OP);
            walk.addTree(tree);
            DirCacheBuilder builder = index.builder();
            new FreshCheckout(directory, reader, walk, builder).writeAll();
            builder.finish();
            index.write();
            index.commit();
        } finally {
            index.unlock();
        }
    }

    private void writeAll() throws IOException {
        while (walk.next()) {
            try {
                writeNext();
            } catch (InvalidPathException e) {
                throw unsafe("git refuses that name", e);
            } catch (java.nio.file.InvalidPathException e) {
                throw unsafe("this JVM can't write that name; a UTF-8 locale (LC_ALL=C.UTF-8) lets it", e);
            } catch (FileAlreadyExistsException e) {
                throw unsafe("on this file system it is the same as another one", e);
            }
        }
    }

    private Unavailable unsafe(String why, Exception cause) {
        return new Unavailable(
                "repository-unsafe", "The commit holds the path " + walk.getPathString() + ": " + why + ".", cause);
    }

    private void writeNext() throws IOException {
        FileMode mode = walk.getFileMode(0);
        DirCacheEntry entry = new DirCacheEntry(walk.getRawPath()); // refuses what must not be written, such as .git
        Path path = directory.resolve(walk.getPathString());
        if (mode == FileMode.TREE) {
            Files.createDirectory(path);
            walk.enterSubtree();
            return;
        }
        entry.setFileMode(mode);
        entry.setObjectId(walk.getObjectId(0));
        if (mode == FileMode.GITLINK) {
            Files.createDirectory(path);
        } else {
            long length = mode == FileMode.SYMLINK && symlinks ? writeLink(path) : writeFile(path, mode);
            entry.setLength(length);
            entry.setLastModified(
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant());
        }
        index.add(entry);
    }

    private long writeLink(Path path) throws IOException {
        byte[] target = reader.open(walk.getObjectId(0), Constants.OBJ_BLOB).getBytes();
        Files.createSymbolicLink(path, path.getFileSystem().getPath(RawParseUtils.decode(target)));
        return target.length;
    }

    private long writeFile(Path path, FileMode mode) throws IOException {
        ObjectLoader content = reader.open(walk.getObjectId(0), Constants.OBJ_BLOB);
        EolStreamType ends = walk.getEolStreamType(OperationType.CHECKOUT_OP);
        FileAttribute<?>[] attributes = mode == FileMode.EXECUTABLE_FILE && modes ? EXECUTABLE : PLAIN;
        try (OutputStream file = Channels.newOutputStream(Files.newByteChannel(path, NEW, attributes))) {
            if (ends == null || ends == EolStreamType.DIRECT) {
                content.copyTo(file);
                return content.getSize();
            }
            try (OutputStream converted = EolStreamTypeUtil.wrapOutputStream(file, ends)) {
                content.copyTo(converted);
            }
        }
        return Files.size(path);
    }
}
