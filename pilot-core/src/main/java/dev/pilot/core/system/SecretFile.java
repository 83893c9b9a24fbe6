package dev.pilot.core.system;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** Files that only their owner may read. */
public final class SecretFile {
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private SecretFile() {}

    /**
     * Reads a file; one that is not there is made for its owner alone, whole or not at all. Programs that do so at the same moment find the
     * same content.
     *
     * @param file the file
     * @param made what a new one holds
     * @return what it holds
     * @throws IOException if it can't be read or made
     */
    public static String readOrMake(Path file, Supplier<String> made) throws IOException {
        if (!Files.exists(file)) {
            make(file, made.get());
        }
        return Files.readString(file);
    }

    private static void make(Path file, String content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(directory, file.getFileName().toString(), ".new", ownerOnly(file));
        try {
            Files.writeString(fresh, content);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException known) {
            // somebody else's counts, for both
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * Whether others than the owner may do anything with a file.
     *
     * @param file the file
     * @return false also where the file system knows no owners
     * @throws IOException if that can't be found out
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return knowsOwners(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return knowsOwners(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
