package dev.pilot.e2e.fault;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** A real Postgres, started where one is asked for and ended with this JVM, with a database for each data directory. */
final class Databases {
    private static final Map<Path, String> NAMES = new HashMap<>();

    private Databases() {}

    private static final class Started {
        private static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("no Postgres could be started", e);
            }
        }
    }

    /** The JDBC URL of the database that belongs to a data directory; made where there is none. */
    static synchronized String url(Path data) {
        return Started.SERVER.getJdbcUrl("postgres", NAMES.computeIfAbsent(data, none -> make()));
    }

    private static String make() {
        String name = "fault_" + (NAMES.size() + 1);
        try (Connection connection = Started.SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " can't be made", e);
        }
        return name;
    }
}
