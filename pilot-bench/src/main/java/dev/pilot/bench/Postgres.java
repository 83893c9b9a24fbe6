package dev.pilot.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A Postgres for the time of a suite, as durable as one in earnest: what it has acknowledged is on the disk. */
public final class Postgres implements AutoCloseable {
    private final EmbeddedPostgres server;
    private final AtomicInteger count = new AtomicInteger();

    private Postgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts one.
     *
     * @return the server
     * @throws IOException if it can't be started
     */
    public static Postgres start() throws IOException {
        return new Postgres(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB") // else checkpoints come now and then, in some rounds only
                .setServerConfig("max_connections", "100")
                .start());
    }

    /** What is done with a database. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @param url where the database is
         * @throws Exception if it could not be done
         */
        void with(String url) throws Exception;
    }

    /**
     * Makes an empty database, does something with it, and drops it.
     *
     * @param work what is done
     * @throws Exception if it could not be done
     */
    public void in(Work work) throws Exception {
        String name = "bench_" + count.incrementAndGet();
        execute(server.getPostgresDatabase(), "create database " + name);
        try {
            work.with(server.getJdbcUrl("postgres", name));
        } finally {
            execute(server.getPostgresDatabase(), "drop database " + name + " with (force)");
            execute(server.getPostgresDatabase(), "checkpoint"); // no variant pays for what another one has written
        }
    }

    /**
     * Connections to a database.
     *
     * @param url where it is
     * @param size how many at most
     * @return a pool; to be closed by the caller
     */
    public static HikariDataSource pool(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /**
     * Executes SQL.
     *
     * @param database where
     * @param sql one statement, or several
     * @throws SQLException if it was refused
     */
    public static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
