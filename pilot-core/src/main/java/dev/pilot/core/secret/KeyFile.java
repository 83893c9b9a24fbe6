package dev.pilot.core.secret;

import dev.pilot.api.error.Unavailable;
import dev.pilot.core.system.Ids;
import dev.pilot.core.system.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with keys, outside of the database: 256 random bits as hexadecimal in each line. The first is the one in use, the others are those
 * that were before it. Only its owner may read it (mode 0600); one that others can read is refused.
 */
public final class KeyFile {
    private static final int BYTES = 32;

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
            SecretFile.readOrMake(file, () -> HexFormat.of().formatHex(Ids.random(BYTES)) + "\n");
            return read(file);
        } catch (IOException e) {
            throw unavailable(file, "can't be used: " + e.getMessage(), e);
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
        if (SecretFile.isOpenToOthers(file)) {
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

    private static Unavailable unavailable(Path file, String why, @Nullable Throwable cause) {
        return new Unavailable("key-file", "The key file " + file + " " + why + ".", cause);
    }
}
