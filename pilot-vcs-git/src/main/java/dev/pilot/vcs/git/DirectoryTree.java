package dev.pilot.vcs.git;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looking at and deleting whole directories, never through a symbolic link. */
final class DirectoryTree {
    private static final int TRIES = 5;

    private DirectoryTree() {}

    static boolean isEmptyOrAbsent(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Deletes it with all it holds, what is read-only included; nothing there is fine. */
    static void delete(Path directory) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                    Files.walkFileTree(directory, new Deletion());
                }
                return;
            } catch (DirectoryNotEmptyException e) {
                // a process that is just ending wrote another file
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            remove(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            if (failure instanceof AccessDeniedException
                    && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isReadable(file)) {
                openUp(file);
                if (Files.isReadable(file)) {
                    delete(file);
                    return FileVisitResult.CONTINUE;
                }
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            remove(directory);
            return FileVisitResult.CONTINUE;
        }

        private static void remove(Path path) throws IOException {
            try {
                Files.deleteIfExists(path);
            } catch (AccessDeniedException e) {
                Path parent = path.getParent();
                if (parent != null) {
                    openUp(parent); // POSIX asks the directory for leave,
                }
                if (!Files.isSymbolicLink(path)) {
                    openUp(path); // Windows the file itself
                }
                Files.deleteIfExists(path);
            }
        }

        /** Where this is refused too, the deletion that follows fails with the reason. */
        private static void openUp(Path path) throws IOException {
            PosixFileAttributeView posix =
                    Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (posix != null) {
                Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
                permissions.addAll(PosixFilePermissions.fromString("rwx------"));
                posix.setPermissions(permissions);
                return;
            }
            DosFileAttributeView dos =
                    Files.getFileAttributeView(path, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (dos != null) {
                dos.setReadOnly(false);
            }
        }
    }
}
