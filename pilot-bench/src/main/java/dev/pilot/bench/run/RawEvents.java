package dev.pilot.bench.run;

import dev.pilot.api.store.StoreConfig;
import dev.pilot.store.jdbi.run.EventTable;
import dev.pilot.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.sqlite.SQLiteConfig;

/** The same rows into the same table with the same indexes, straight into SQLite: what it does at least and at most. */
final class RawEvents {
    private static final int ROWS = 1_000;
    static final String MESSAGE = EventsBench.event().build().message();

    private RawEvents() {}

    static double autocommit(Path directory, long nanos) throws SQLException {
        try (Connection connection = connect(directory);
                PreparedStatement insert = connection.prepareStatement(EventTable.INSERT.eachRow())) {
            long rows = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                bind(insert, ++rows);
                insert.executeUpdate();
            }
            return rows * 1e9 / (System.nanoTime() - start);
        }
    }

    static double batches(Path directory, long nanos) throws SQLException {
        try (Connection connection = connect(directory);
                PreparedStatement insert = connection.prepareStatement(EventTable.INSERT.eachRow())) {
            connection.setAutoCommit(false);
            long rows = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                for (int i = 0; i < ROWS; i++) {
                    bind(insert, ++rows);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
            return rows * 1e9 / (System.nanoTime() - start);
        }
    }

    static double jdbi(Path directory, long nanos) throws SQLException {
        try (Connection connection = connect(directory);
                Handle handle = Jdbi.create(connection).open()) {
            connection.setAutoCommit(false);
            long rows = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < nanos) {
                PreparedBatch batch = handle.prepareBatch(EventTable.INSERT.eachRow());
                for (int i = 0; i < ROWS; i++) {
                    rows++;
                    batch.bind(0, rows)
                            .bind(1, "evt_01m7y7a2f3ahdat0k59" + rows)
                            .bind(2, rows)
                            .bind(3, "run")
                            .bind(4, "run_bench")
                            .bind(5, "run_bench")
                            .bind(6, "prj_bench")
                            .bind(7, "log")
                            .bind(8, "info")
                            .bind(9, "stdout")
                            .bind(10, MESSAGE)
                            .bind(11, "{}")
                            .add();
                }
                batch.execute();
                connection.commit();
            }
            double rate = rows * 1e9 / (System.nanoTime() - start);
            connection.setAutoCommit(true); // else JDBI takes the connection to be in a transaction still
            return rate;
        }
    }

    static void bind(PreparedStatement insert, long row) throws SQLException {
        insert.setLong(1, row);
        insert.setString(2, "evt_01m7y7a2f3ahdat0k59" + row);
        insert.setLong(3, row);
        insert.setString(4, "run");
        insert.setString(5, "run_bench");
        insert.setString(6, "run_bench");
        insert.setString(7, "prj_bench");
        insert.setString(8, "log");
        insert.setString(9, "info");
        insert.setString(10, "stdout");
        insert.setString(11, MESSAGE);
        insert.setString(12, "{}");
    }

    /** The store makes the schema; the settings are the store's own. */
    private static Connection connect(Path directory) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("raw.sqlite3");
        SqliteStore.open(new StoreConfig(url, directory, Clock.systemUTC())).close();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-16_000);
        Connection connection = config.createConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma wal_autocheckpoint = 4000");
        }
        return connection;
    }
}
