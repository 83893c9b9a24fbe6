package dev.pilot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.store.StoreConfig;
import dev.pilot.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines have the same tables, columns and indices, but for what is said here. */
class SchemaParityTest {
    /** The writers' turn, which on SQLite is the one writer thread; and Flyway's table, whose columns are Flyway's business. */
    private static final Set<String> OWN = Set.of("turn", "schema_history");

    @Test
    void theSchemasAreTheSame(@TempDir Path directory) throws SQLException {
        String sqlite = "jdbc:sqlite:" + directory.resolve("pilot.sqlite3");
        SqliteStore.open(new StoreConfig(sqlite, directory, Clock.systemUTC())).close();
        String postgres = PostgresServer.url(directory);
        new PostgresStoreProvider()
                .open(new StoreConfig(postgres, directory, Clock.systemUTC()))
                .close();

        try (Connection one = DriverManager.getConnection(postgres);
                Connection other = DriverManager.getConnection(sqlite)) {
            assertThat(tables(one, one.getSchema())).isEqualTo(tables(other, null));
        }
    }

    /** Each table's columns and indices. */
    private static Map<String, Set<String>> tables(Connection connection, @Nullable String schema) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        Map<String, Set<String>> tables = new TreeMap<>();
        try (ResultSet rows = meta.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                if (!OWN.contains(rows.getString("TABLE_NAME"))) {
                    tables.put(rows.getString("TABLE_NAME"), new TreeSet<>());
                }
            }
        }
        for (Map.Entry<String, Set<String>> table : tables.entrySet()) {
            try (ResultSet rows = meta.getColumns(null, schema, table.getKey(), "%")) {
                while (rows.next()) {
                    table.getValue().add(rows.getString("COLUMN_NAME"));
                }
            }
            try (ResultSet rows = meta.getIndexInfo(null, schema, table.getKey(), false, true)) {
                while (rows.next()) {
                    String name = rows.getString("INDEX_NAME");
                    if (name != null && !name.startsWith("sqlite_autoindex") && !name.matches(".*_(pkey|key)")) {
                        table.getValue().add("index " + name);
                    }
                }
            }
        }
        return tables;
    }
}
