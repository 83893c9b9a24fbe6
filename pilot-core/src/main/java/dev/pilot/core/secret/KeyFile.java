package dev.pilot.core.secret;

import dev.pilot.api.error.Unavailable;
import dev.pilot.core.system.Ids;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with keys, outside of the database: 256 random bits as hexadecimal in each line. The first is the one in use, the others are those
 * that were before it. Only its owner may read it (mode 0600); one that others can read is refused.
 */
public final class KeyFile {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private KeyFile() {}

    /**
     * Reads the keys; a file that is not there is made with a new one.
     *
     * @param file the file
     * @return the keys, at least one, the one in use first
     * @throws Unavailable with code {@code key-file} if it can't be read or made, others may read it, or it holds something else
     */
    public static List<byte[]> openOrMake(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return read(file);
        } catch (IOException e) {
            throw unavailable(file, "can't be used: " + e.getMessage(), e);
        }
    }

    /** Whole or not at all: another hub may make or read it at the same moment. */
    private static void make(Path file) throws IOException {
        Path made = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".made", ownerOnly(file));
        try {
            Files.writeString(made, HexFormat.of().formatHex(Ids.random(BYTES)) + "\n");
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException known) {
            // somebody else's counts, for both
        } catch (UnsupportedOperationException noLinks) {
            Files.move(made, file);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /**
     * Reads the keys.
     *
     * @param file the file
     * @return the keys, at least one, the one in use first
     * @throws Unavailable with code {@code key-file} if it is not there or can't be read, others may read it, or it holds something else
     */
    public static List<byte[]> open(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            throw unavailable(file, "can't be read: " + e.getMessage(), e);
        }
    }

    private static List<byte[]> read(Path file) throws IOException {
        if (isOpenToOthers(file)) {
            throw unavailable(file, "can be read by others: chmod 600 " + file, null);
        }
        List<byte[]> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                keys.add(key(file, line.strip()));
            }
        }
        if (keys.isEmpty()) {
            throw unavailable(file, "is empty: bring it back from a backup", null);
        }
        return keys;
    }

    private static byte[] key(Path file, String line) {
        if (line.length() == 2 * BYTES && line.chars().allMatch(HexFormat::isHexDigit)) {
            return HexFormat.of().parseHex(line);
        }
        throw unavailable(file, "holds something else than keys: bring it back from a backup", null);
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

    /** A file that only its owner may read, where the file system knows owners. */
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

    private static Unavailable unavailable(Path file, String why, @Nullable Throwable cause) {
        return new Unavailable("key-file", "The key file " + file + " " + why + ".", cause);
    }
}
