package dev.pilot.bench.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** An SQLite database for a peer, with the settings of the hub's own: as durable, and as quick as a single file is. */
final class SqliteDatabase {
    private static final int PATIENCE_MILLIS = 30_000;

    private SqliteDatabase() {}

    static HikariDataSource open(Path directory, int connections) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
        settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        settings.setCacheSize(-16_000);
        settings.setBusyTimeout(PATIENCE_MILLIS);
        SQLiteDataSource database = new SQLiteDataSource(settings);
        database.setUrl("jdbc:sqlite:" + directory.resolve("peer.sqlite3"));
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(database);
        pool.setMaximumPoolSize(connections);
        return new HikariDataSource(pool);
    }
}
