package dev.pilot.store.sqlite;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/** The database file: where it is, and how connections to it are set up. */
final class SqliteFile {
    static final String PREFIX = "jdbc:sqlite:";

    private final Path path;

    private SqliteFile(Path path) {
        this.path = path;
    }

    /** Resolves the URL's path; the directory is made where it is not there. */
    static SqliteFile of(String url) {
        SqliteFile file = at(url);
        try {
            Files.createDirectories(file.path.getParent());
            return file;
        } catch (IOException e) {
            throw new Unavailable(
                    "store-access", "The directory of " + file.path + " can't be made: " + e.getMessage(), e);
        }
    }

    /** Resolves the URL's path and makes nothing. */
    static SqliteFile at(String url) {
        String name = url.substring(PREFIX.length());
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.indexOf('?') >= 0) {
            throw InvalidInput.of("storeUrl", "must be jdbc:sqlite: and the path of a file, without options");
        }
        try {
            return new SqliteFile(Path.of(name).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw InvalidInput.of("storeUrl", "holds no path: " + e.getMessage());
        }
    }

    Path path() {
        return path;
    }

    SQLiteDataSource source() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(PREFIX + path);
        return source;
    }

    Connection writer() {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        // A checkpoint every 16 MB instead of 4: fewer of them while many write.
        return open(config, "pragma wal_autocheckpoint = 4000");
    }

    Connection reader() {
        return open(config(), "pragma query_only = true");
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-16_000);
        config.setJournalSizeLimit(64 << 20);
        return config;
    }

    private Connection open(SQLiteConfig config, String first) {
        try {
            Connection connection = config.createConnection(PREFIX + path);
            try (Statement statement = connection.createStatement()) {
                statement.execute(first);
            }
            return connection;
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(e instanceof SQLiteException sqlite ? sqlite.getResultCode() : null, e);
        }
    }
}
